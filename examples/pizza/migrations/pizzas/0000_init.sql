CREATE TABLE `pizza_crust` (
	`code` text(3) PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pizza_price` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pizzaId` integer NOT NULL,
	`date` integer NOT NULL,
	FOREIGN KEY (`pizzaId`) REFERENCES `pizza`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pizza_price_pizzaId_date_unique` ON `pizza_price` (`pizzaId`,`date`);--> statement-breakpoint
CREATE TABLE `pizza_size_price` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`priceId` integer NOT NULL,
	`size` text NOT NULL,
	`amount` numeric NOT NULL,
	FOREIGN KEY (`priceId`) REFERENCES `pizza_price`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pizza_size_price_priceId_size_unique` ON `pizza_size_price` (`priceId`,`size`);--> statement-breakpoint
CREATE TABLE `pizza` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`forSale` integer DEFAULT true NOT NULL,
	`price` numeric NOT NULL,
	`maxExtraToppings` integer,
	`exclusiveToId` integer,
	FOREIGN KEY (`exclusiveToId`) REFERENCES `shop`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pizza_name_unique` ON `pizza` (`name`);--> statement-breakpoint
CREATE TABLE `shop` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`active` integer,
	`city` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shop_slug_unique` ON `shop` (`slug`);