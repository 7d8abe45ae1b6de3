CREATE TABLE `auth_group_permission` (
	`groupId` integer NOT NULL,
	`permissionId` integer NOT NULL,
	PRIMARY KEY(`groupId`, `permissionId`),
	FOREIGN KEY (`groupId`) REFERENCES `auth_group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`permissionId`) REFERENCES `auth_permission`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `auth_group` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_group_name_unique` ON `auth_group` (`name`);--> statement-breakpoint
CREATE TABLE `auth_permission` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_permission_code_unique` ON `auth_permission` (`code`);--> statement-breakpoint
CREATE TABLE `profile` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`userId` integer NOT NULL,
	`fullName` text NOT NULL,
	`phone` text,
	FOREIGN KEY (`userId`) REFERENCES `auth_user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profile_userId_unique` ON `profile` (`userId`);--> statement-breakpoint
CREATE TABLE `auth_user_group` (
	`userId` integer NOT NULL,
	`groupId` integer NOT NULL,
	PRIMARY KEY(`userId`, `groupId`),
	FOREIGN KEY (`userId`) REFERENCES `auth_user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`groupId`) REFERENCES `auth_group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `auth_user_permission` (
	`userId` integer NOT NULL,
	`permissionId` integer NOT NULL,
	PRIMARY KEY(`userId`, `permissionId`),
	FOREIGN KEY (`userId`) REFERENCES `auth_user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`permissionId`) REFERENCES `auth_permission`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `auth_user` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`passwordHash` text NOT NULL,
	`superuser` integer DEFAULT false NOT NULL,
	`active` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auth_user_name_unique` ON `auth_user` (`name`);