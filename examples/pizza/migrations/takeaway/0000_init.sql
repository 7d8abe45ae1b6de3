CREATE TABLE `order_line` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`orderId` integer NOT NULL,
	`size` text NOT NULL,
	`crust` text,
	`quantity` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`orderId`) REFERENCES `order`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `order` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`shop` text NOT NULL,
	`pizza` text NOT NULL,
	`customer` text(100) NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`placedAt` integer NOT NULL
);
