CREATE TABLE `city` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`countryCode` text(2) NOT NULL,
	`population` integer NOT NULL,
	`latitude` real NOT NULL,
	`longitude` real NOT NULL,
	FOREIGN KEY (`countryCode`) REFERENCES `country`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `city_by_population` ON `city` (`countryCode`,`population`);--> statement-breakpoint
CREATE INDEX `city_by_name` ON `city` (`name`);--> statement-breakpoint
CREATE TABLE `country` (
	`code` text(2) PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`officialName` text NOT NULL,
	`capital` text,
	`region` text NOT NULL,
	`subregion` text,
	`area` real NOT NULL,
	`landlocked` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `country_name_unique` ON `country` (`name`);