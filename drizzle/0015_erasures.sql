CREATE TABLE `erasure` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`door` text NOT NULL,
	`reason` text NOT NULL,
	`made_at` integer NOT NULL,
	`entries` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erasure_id_unique` ON `erasure` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `erasure_row` ON `erasure` (`row_id`,`table_name`);--> statement-breakpoint
CREATE INDEX `erasure_at` ON `erasure` (`at`);