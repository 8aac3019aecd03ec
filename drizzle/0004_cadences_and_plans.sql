CREATE TABLE `cadence` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`state` text DEFAULT 'draft' NOT NULL,
	`settings` text NOT NULL,
	`ready` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cadence_id_unique` ON `cadence` (`id`);--> statement-breakpoint
CREATE INDEX `cadence_name` ON `cadence` (name collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `cadence_deleted` ON `cadence` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `cadence_version` (
	`id` text PRIMARY KEY NOT NULL,
	`cadence_id` text,
	`number` integer NOT NULL,
	`steps` text NOT NULL,
	`settings` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`cadence_id`) REFERENCES `cadence`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cadence_version_number` ON `cadence_version` (`cadence_id`,`number`) WHERE cadence_id is not null;--> statement-breakpoint
CREATE TABLE `day_off` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`date` text NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_off_user` ON `day_off` (`user_id`,`date`,`name`) WHERE user_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `day_off_workspace` ON `day_off` (`date`,`name`) WHERE user_id is null;--> statement-breakpoint
CREATE TABLE `plan` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`cadence_id` text,
	`version_id` text NOT NULL,
	`lead_id` text,
	`contact_id` text,
	`company_id` text,
	`user_id` text,
	`state` text NOT NULL,
	`step_id` text,
	`position` integer,
	`step_count` integer NOT NULL,
	`base_at` integer,
	`next_step_due_at` integer,
	`wake_at` integer,
	`started_at` integer,
	`paused_at` integer,
	`paused_until` integer,
	`remaining` integer,
	`replied_at` integer,
	`ended_at` integer,
	`ending` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`cadence_id`) REFERENCES `cadence`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`version_id`) REFERENCES `cadence_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_id_unique` ON `plan` (`id`);--> statement-breakpoint
CREATE INDEX `plan_due` ON `plan` (`next_step_due_at`,`seq`) WHERE next_step_due_at is not null;--> statement-breakpoint
CREATE INDEX `plan_due_user` ON `plan` (`user_id`,`next_step_due_at`,`seq`) WHERE next_step_due_at is not null;--> statement-breakpoint
CREATE INDEX `plan_wake` ON `plan` (`wake_at`,`seq`) WHERE wake_at is not null;--> statement-breakpoint
CREATE INDEX `plan_lead` ON `plan` (`lead_id`,`state`) WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX `plan_contact` ON `plan` (`contact_id`,`state`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `plan_company` ON `plan` (`company_id`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `plan_cadence` ON `plan` (`cadence_id`,`state`,`started_at`,`user_id`) WHERE cadence_id is not null;--> statement-breakpoint
CREATE INDEX `plan_version` ON `plan` (`version_id`);--> statement-breakpoint
CREATE INDEX `plan_user` ON `plan` (`user_id`,`updated_at`,`seq`);--> statement-breakpoint
CREATE INDEX `plan_updated` ON `plan` (`updated_at`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `plan_lead_once` ON `plan` (`lead_id`,`cadence_id`) WHERE lead_id is not null and cadence_id is not null and state in ('not_started', 'in_progress', 'paused');--> statement-breakpoint
CREATE UNIQUE INDEX `plan_contact_once` ON `plan` (`contact_id`,`cadence_id`) WHERE lead_id is null and contact_id is not null and cadence_id is not null and state in ('not_started', 'in_progress', 'paused');--> statement-breakpoint
CREATE TABLE `plan_step` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`cadence_id` text,
	`step_id` text NOT NULL,
	`position` integer NOT NULL,
	`type` text NOT NULL,
	`automated` integer DEFAULT 0 NOT NULL,
	`variant` text,
	`state` text DEFAULT 'open' NOT NULL,
	`due_at` integer NOT NULL,
	`late_after` integer NOT NULL,
	`moved` text DEFAULT '[]' NOT NULL,
	`done_at` integer,
	`done_by` text,
	`outcome` text,
	`replied_at` integer,
	`activity_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plan`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`cadence_id`) REFERENCES `cadence`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`done_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`activity_id`) REFERENCES `activity`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_step_once` ON `plan_step` (`plan_id`,`step_id`);--> statement-breakpoint
CREATE INDEX `plan_step_plan` ON `plan_step` (`plan_id`,`position`);--> statement-breakpoint
CREATE INDEX `plan_step_activity` ON `plan_step` (`activity_id`) WHERE activity_id is not null;--> statement-breakpoint
CREATE INDEX `plan_step_cadence` ON `plan_step` (`cadence_id`,`step_id`,`variant`,`state`) WHERE cadence_id is not null;--> statement-breakpoint
CREATE TABLE `working_hours` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`hours` text NOT NULL,
	`country` text,
	`region` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `working_hours_user` ON `working_hours` (`user_id`) WHERE user_id is not null;--> statement-breakpoint
ALTER TABLE `reminder` ADD `plan_id` text REFERENCES plan(id) ON DELETE cascade;--> statement-breakpoint
CREATE UNIQUE INDEX `reminder_plan` ON `reminder` (`plan_id`) WHERE plan_id is not null and status in ('pending', 'snoozed') and deleted_at is null;