CREATE TABLE `hold` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`reason` text NOT NULL,
	`since` integer NOT NULL,
	`detail` text DEFAULT '{}' NOT NULL,
	`released_at` integer,
	`released_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hold_id_unique` ON `hold` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `hold_current` ON `hold` (`reason`) WHERE released_at is null;--> statement-breakpoint
CREATE TABLE `installation` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`machine` text,
	`folder` text,
	`is_copy` integer DEFAULT 0 NOT NULL,
	`effects` integer DEFAULT 0 NOT NULL,
	`last_seen` integer,
	`carried_over` text,
	`ask_until` integer
);
