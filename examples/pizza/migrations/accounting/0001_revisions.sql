ALTER TABLE `auth_user` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `auth_group_permission_of` ON `auth_group_permission` (`permissionId`);--> statement-breakpoint
CREATE INDEX `auth_user_group_of` ON `auth_user_group` (`groupId`);--> statement-breakpoint
CREATE INDEX `auth_user_permission_of` ON `auth_user_permission` (`permissionId`);