CREATE TABLE `draft` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`record_id` text,
	`content` text NOT NULL,
	`based_on` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `draft_age` ON `draft` (`updated_at`);