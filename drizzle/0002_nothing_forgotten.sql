CREATE TABLE `calendar_feed` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`hash` text NOT NULL,
	`last_read_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_user_id_unique` ON `calendar_feed` (`user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_hash_unique` ON `calendar_feed` (`hash`);--> statement-breakpoint
CREATE TABLE `calendar_item` (
	`id` text PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`recurrence_id` text DEFAULT '' NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`activity_id` text,
	`state` text NOT NULL,
	`reason` text,
	`raw` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`activity_id`) REFERENCES `activity`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_item_uid` ON `calendar_item` (`uid`,`recurrence_id`);--> statement-breakpoint
CREATE INDEX `calendar_item_activity` ON `calendar_item` (`activity_id`) WHERE activity_id is not null;--> statement-breakpoint
CREATE INDEX `calendar_item_state` ON `calendar_item` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `delivery` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`notification_id` text NOT NULL,
	`channel` text NOT NULL,
	`key` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`taken_at` integer,
	`taken_by` text,
	`sent_at` integer,
	`error` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`notification_id`) REFERENCES `notification`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_id_unique` ON `delivery` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_key_unique` ON `delivery` (`key`);--> statement-breakpoint
CREATE INDEX `delivery_waiting` ON `delivery` (`next_attempt_at`,`seq`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `delivery_taken` ON `delivery` (`taken_at`) WHERE state = 'taken';--> statement-breakpoint
CREATE INDEX `delivery_failed` ON `delivery` (`updated_at`,`seq`) WHERE state in ('dead', 'unknown');--> statement-breakpoint
CREATE INDEX `delivery_notification` ON `delivery` (`notification_id`);--> statement-breakpoint
CREATE TABLE `job` (
	`name` text PRIMARY KEY NOT NULL,
	`paused` integer DEFAULT 0 NOT NULL,
	`next_run_at` integer
);
--> statement-breakpoint
CREATE TABLE `job_run` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`job` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`result` text,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_run_id_unique` ON `job_run` (`id`);--> statement-breakpoint
CREATE INDEX `job_run_job` ON `job_run` (`job`,`started_at`);--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notification` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`body` text DEFAULT '' NOT NULL,
	`record_kind` text,
	`record_id` text,
	`subject_kind` text,
	`subject_id` text,
	`items` text DEFAULT '[]' NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notification_id_unique` ON `notification` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `notification_key_unique` ON `notification` (`key`);--> statement-breakpoint
CREATE INDEX `notification_user` ON `notification` (`user_id`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `notification_unread` ON `notification` (`user_id`,`at`,`seq`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notification_subject` ON `notification` (`subject_id`) WHERE subject_id is not null;--> statement-breakpoint
CREATE INDEX `notification_at` ON `notification` (`at`);--> statement-breakpoint
CREATE TABLE `reminder` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`notes` text,
	`user_id` text,
	`activity_id` text,
	`task_id` text,
	`company_id` text,
	`contact_id` text,
	`lead_id` text,
	`customer_id` text,
	`remind_at` integer NOT NULL,
	`wall_time` text NOT NULL,
	`zone` text NOT NULL,
	`offset_minutes` integer,
	`recurrence` text,
	`series_id` text,
	`status` text DEFAULT 'pending' NOT NULL,
	`snoozed_until` integer,
	`completed_at` integer,
	`completed_by` text,
	`notified_for` integer,
	`notification_sent_at` integer,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`due_at` integer GENERATED ALWAYS AS (case when status in ('pending', 'snoozed') and deleted_at is null then coalesce(snoozed_until, remind_at) end) VIRTUAL,
	`notify_at` integer GENERATED ALWAYS AS (case when status in ('pending', 'snoozed') and deleted_at is null and notified_for is not coalesce(snoozed_until, remind_at) then coalesce(snoozed_until, remind_at) end) VIRTUAL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`activity_id`) REFERENCES `activity`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`task_id`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`customer_id`) REFERENCES `customer`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`completed_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminder_id_unique` ON `reminder` (`id`);--> statement-breakpoint
CREATE INDEX `reminder_notify` ON `reminder` (`notify_at`,`seq`) WHERE notify_at is not null;--> statement-breakpoint
CREATE INDEX `reminder_due` ON `reminder` (`due_at`,`seq`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `reminder_due_user` ON `reminder` (`user_id`,`due_at`,`seq`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `reminder_done` ON `reminder` (`user_id`,`completed_at`,`seq`) WHERE completed_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX `reminder_at` ON `reminder` (`remind_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `reminder_activity` ON `reminder` (`activity_id`) WHERE activity_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_task` ON `reminder` (`task_id`) WHERE task_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_company` ON `reminder` (`company_id`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_contact` ON `reminder` (`contact_id`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_lead` ON `reminder` (`lead_id`) WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_customer` ON `reminder` (`customer_id`) WHERE customer_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `reminder_series` ON `reminder` (`series_id`,`wall_time`) WHERE series_id is not null;--> statement-breakpoint
CREATE INDEX `reminder_deleted` ON `reminder` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `task` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`description` text,
	`type` text DEFAULT 'other' NOT NULL,
	`priority` text DEFAULT 'medium' NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`lead_id` text,
	`company_id` text,
	`contact_id` text,
	`customer_id` text,
	`assignee_id` text,
	`due_at` integer,
	`wall_time` text,
	`zone` text,
	`recurrence` text,
	`series_id` text,
	`completed_at` integer,
	`completed_by` text,
	`notified_for` integer,
	`external_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`open_at` integer GENERATED ALWAYS AS (case when status in ('pending', 'in_progress') and deleted_at is null then due_at end) VIRTUAL,
	`notify_at` integer GENERATED ALWAYS AS (case when status in ('pending', 'in_progress') and deleted_at is null and notified_for is not due_at then due_at end) VIRTUAL,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`customer_id`) REFERENCES `customer`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`assignee_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`completed_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_id_unique` ON `task` (`id`);--> statement-breakpoint
CREATE INDEX `task_notify` ON `task` (`notify_at`,`seq`) WHERE notify_at is not null;--> statement-breakpoint
CREATE INDEX `task_open` ON `task` (`open_at`,`seq`) WHERE open_at is not null;--> statement-breakpoint
CREATE INDEX `task_open_user` ON `task` (`assignee_id`,`open_at`,`seq`) WHERE open_at is not null;--> statement-breakpoint
CREATE INDEX `task_undated` ON `task` (`assignee_id`,`seq`) WHERE due_at is null and status in ('pending', 'in_progress') and deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_done` ON `task` (`assignee_id`,`completed_at`,`seq`) WHERE completed_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_due` ON `task` (`due_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_created` ON `task` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_lead` ON `task` (`lead_id`) WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX `task_company` ON `task` (`company_id`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `task_contact` ON `task` (`contact_id`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `task_customer` ON `task` (`customer_id`) WHERE customer_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `task_series` ON `task` (`series_id`,`wall_time`) WHERE series_id is not null;--> statement-breakpoint
CREATE INDEX `task_deleted` ON `task` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE `activity` ADD `zone` text;--> statement-breakpoint
ALTER TABLE `activity` ADD `all_day` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `activity` ADD `location` text;--> statement-breakpoint
ALTER TABLE `activity` ADD `notified_for` integer;--> statement-breakpoint
ALTER TABLE `activity` ADD `notify_at` integer GENERATED ALWAYS AS (case when completed_at is null and occurred_at is null and deleted_at is null and notified_for is not coalesce(due_at, scheduled_at) then coalesce(due_at, scheduled_at) end) VIRTUAL;--> statement-breakpoint
CREATE INDEX `activity_notify` ON `activity` (`notify_at`,`seq`) WHERE notify_at is not null;