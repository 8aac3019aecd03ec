CREATE TABLE `activity` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`category` text DEFAULT 'manual' NOT NULL,
	`type` text NOT NULL,
	`subject` text,
	`description` text,
	`company_id` text,
	`contact_id` text,
	`lead_id` text,
	`customer_id` text,
	`user_id` text,
	`occurred_at` integer,
	`scheduled_at` integer,
	`due_at` integer,
	`completed_at` integer,
	`completed_by` text,
	`duration_minutes` integer,
	`direction` text,
	`outcome` text,
	`metadata` text DEFAULT '{}' NOT NULL,
	`visible_to_rep` integer DEFAULT 1 NOT NULL,
	`external_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`at` integer GENERATED ALWAYS AS (coalesce(occurred_at, completed_at, scheduled_at, due_at, created_at)) VIRTUAL NOT NULL,
	`open_at` integer GENERATED ALWAYS AS (case when completed_at is null and occurred_at is null and deleted_at is null then coalesce(due_at, scheduled_at) end) VIRTUAL,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`customer_id`) REFERENCES `customer`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`completed_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `activity_id_unique` ON `activity` (`id`);--> statement-breakpoint
CREATE INDEX `activity_lead` ON `activity` (`lead_id`,`at`,`seq`) WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX `activity_company` ON `activity` (`company_id`,`at`,`seq`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `activity_contact` ON `activity` (`contact_id`,`at`,`seq`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `activity_customer` ON `activity` (`customer_id`,`at`,`seq`) WHERE customer_id is not null;--> statement-breakpoint
CREATE INDEX `activity_user` ON `activity` (`user_id`,`at`,`seq`,`category`,`deleted_at`) WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX `activity_at` ON `activity` (`at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_category` ON `activity` (`category`,`at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_type` ON `activity` (`type`,`at`,`seq`,`category`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_open` ON `activity` (`open_at`,`seq`) WHERE open_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_open_user` ON `activity` (`user_id`,`open_at`,`seq`) WHERE open_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_open_lead` ON `activity` (`lead_id`,`open_at`) WHERE open_at is not null;--> statement-breakpoint
CREATE INDEX `activity_external` ON `activity` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `activity_deleted` ON `activity` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `activity_tally` (
	`category` text NOT NULL,
	`type` text NOT NULL,
	`user_id` text NOT NULL,
	`activities` integer NOT NULL,
	PRIMARY KEY(`category`, `type`, `user_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `activity_template` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`subject` text,
	`description` text,
	`duration_minutes` integer,
	`outcome` text,
	`direction` text,
	`schedule_in_days` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_hash_unique` ON `api_token` (`hash`);--> statement-breakpoint
CREATE INDEX `api_token_user` ON `api_token` (`user_id`);--> statement-breakpoint
CREATE TABLE `batch` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`door` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`undoes` text,
	`root` text,
	`undone_by` text,
	`undone_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `batch_user` ON `batch` (`user_id`,`at`);--> statement-breakpoint
CREATE INDEX `batch_at` ON `batch` (`at`);--> statement-breakpoint
CREATE INDEX `batch_root` ON `batch` (`root`) WHERE root is not null;--> statement-breakpoint
CREATE INDEX `batch_undoes` ON `batch` (`undoes`) WHERE undoes is not null;--> statement-breakpoint
CREATE TABLE `change` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`batch_id` text NOT NULL,
	`user_id` text,
	`door` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`operation` text NOT NULL,
	`before` text,
	`after` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `change_row` ON `change` (`row_id`,`seq`);--> statement-breakpoint
CREATE INDEX `change_batch` ON `change` (`batch_id`,`seq`);--> statement-breakpoint
CREATE TABLE `company` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`domain` text,
	`website` text,
	`industry` text,
	`employees` integer,
	`phone` text,
	`address` text,
	`city` text,
	`country` text,
	`description` text,
	`parent_id` text,
	`owner_id` text,
	`tags` text DEFAULT '[]' NOT NULL,
	`custom` text DEFAULT '{}' NOT NULL,
	`external_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`parent_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `company_id_unique` ON `company` (`id`);--> statement-breakpoint
CREATE INDEX `company_name` ON `company` (name collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `company_name_any` ON `company` (name collate nocase);--> statement-breakpoint
CREATE INDEX `company_domain` ON `company` (`domain`) WHERE domain is not null;--> statement-breakpoint
CREATE INDEX `company_external` ON `company` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `company_owner` ON `company` (`owner_id`) WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX `company_parent` ON `company` (`parent_id`) WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX `company_updated` ON `company` (`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `company_created` ON `company` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `company_industry` ON `company` (`industry`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `company_deleted` ON `company` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `contact` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`first_name` text,
	`last_name` text,
	`email` text,
	`phone` text,
	`mobile` text,
	`job_title` text,
	`linkedin` text,
	`timezone` text,
	`description` text,
	`company_id` text,
	`owner_id` text,
	`tags` text DEFAULT '[]' NOT NULL,
	`custom` text DEFAULT '{}' NOT NULL,
	`external_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_id_unique` ON `contact` (`id`);--> statement-breakpoint
CREATE INDEX `contact_name` ON `contact` (name collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_name_any` ON `contact` (name collate nocase);--> statement-breakpoint
CREATE INDEX `contact_email` ON `contact` (email collate nocase) WHERE email is not null;--> statement-breakpoint
CREATE INDEX `contact_external` ON `contact` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `contact_company` ON `contact` (`company_id`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `contact_owner` ON `contact` (`owner_id`) WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX `contact_updated` ON `contact` (`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_created` ON `contact` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_deleted` ON `contact` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `custom_field` (
	`id` text PRIMARY KEY NOT NULL,
	`table_name` text NOT NULL,
	`key` text NOT NULL,
	`label` text NOT NULL,
	`type` text NOT NULL,
	`choices` text DEFAULT '[]' NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `custom_field_table` ON `custom_field` (`table_name`,`position`);--> statement-breakpoint
CREATE TABLE `customer` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`company_id` text,
	`contact_id` text,
	`owner_id` text,
	`status` text DEFAULT 'active' NOT NULL,
	`since` text,
	`description` text,
	`tags` text DEFAULT '[]' NOT NULL,
	`custom` text DEFAULT '{}' NOT NULL,
	`external_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customer_id_unique` ON `customer` (`id`);--> statement-breakpoint
CREATE INDEX `customer_name` ON `customer` (name collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `customer_company` ON `customer` (`company_id`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `customer_contact` ON `customer` (`contact_id`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `customer_owner` ON `customer` (`owner_id`) WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX `customer_updated` ON `customer` (`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `customer_created` ON `customer` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `customer_deleted` ON `customer` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `import_file` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`bytes` integer NOT NULL,
	`form` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_mapping` (
	`id` text PRIMARY KEY NOT NULL,
	`mapping` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_rejection` (
	`seq` integer PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`line` integer NOT NULL,
	`cells` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `import_run`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_rejection_run` ON `import_rejection` (`run_id`,`seq`);--> statement-breakpoint
CREATE TABLE `import_run` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`dry_run` integer NOT NULL,
	`options` text NOT NULL,
	`mapping` text NOT NULL,
	`progress` text NOT NULL,
	`records_done` integer DEFAULT 0 NOT NULL,
	`batch_id` text,
	`user_id` text,
	`message` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`file_id`) REFERENCES `import_file`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_run_started` ON `import_run` (`started_at`);--> statement-breakpoint
CREATE TABLE `lead` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`company_id` text,
	`contact_id` text,
	`owner_id` text,
	`stage_id` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`value_minor` integer,
	`currency` text NOT NULL,
	`probability` integer,
	`expected_close_date` text,
	`lost_reason` text,
	`source` text,
	`priority` text DEFAULT 'medium' NOT NULL,
	`description` text,
	`tags` text DEFAULT '[]' NOT NULL,
	`custom` text DEFAULT '{}' NOT NULL,
	`external_id` text,
	`customer_id` text,
	`position` text NOT NULL,
	`stage_entered_at` integer NOT NULL,
	`closed_at` integer,
	`last_activity_at` integer,
	`next_step_at` integer,
	`score` integer,
	`last_scored_at` integer,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`stage_id`) REFERENCES `stage`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customer`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `lead_id_unique` ON `lead` (`id`);--> statement-breakpoint
CREATE INDEX `lead_board` ON `lead` (`stage_id`,`position`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_facts` ON `lead` (`stage_id`,`currency`,`value_minor`,`probability`,`status`,`owner_id`,`source`,`expected_close_date`,`deleted_at`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_signals` ON `lead` (`stage_id`,`next_step_at`,`last_activity_at`,`stage_entered_at`,`owner_id`) WHERE deleted_at is null and status = 'open';--> statement-breakpoint
CREATE INDEX `lead_owner` ON `lead` (`owner_id`,`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_company` ON `lead` (`company_id`,`status`) WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX `lead_contact` ON `lead` (`contact_id`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `lead_customer` ON `lead` (`customer_id`) WHERE customer_id is not null;--> statement-breakpoint
CREATE INDEX `lead_external` ON `lead` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `lead_title` ON `lead` (title collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_updated` ON `lead` (`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_created` ON `lead` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_value` ON `lead` (`value_minor`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_close` ON `lead` (`expected_close_date`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_last_activity` ON `lead` (`last_activity_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_next_step` ON `lead` (`next_step_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_source` ON `lead` (`source`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_priority` ON `lead` (case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `lead_score` ON `lead` (`score`,`seq`) WHERE deleted_at is null and score is not null;--> statement-breakpoint
CREATE INDEX `lead_tags` ON `lead` (`tags`,`updated_at`,`seq`) WHERE deleted_at is null and tags <> '[]';--> statement-breakpoint
CREATE INDEX `lead_lost_reason` ON `lead` (`lost_reason`) WHERE deleted_at is null and lost_reason is not null;--> statement-breakpoint
CREATE INDEX `lead_deleted` ON `lead` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `lead_tally` (
	`stage_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`leads` integer NOT NULL,
	`value_minor` integer NOT NULL,
	`weighted` integer NOT NULL,
	`unweighted` integer NOT NULL,
	PRIMARY KEY(`stage_id`, `owner_id`, `currency`, `status`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `lead_tally_owner` ON `lead_tally` (`owner_id`,`status`);--> statement-breakpoint
CREATE TABLE `pipeline` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_default` integer DEFAULT 0 NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `preference` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `quote` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`number` text NOT NULL,
	`title` text NOT NULL,
	`lead_id` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`currency` text NOT NULL,
	`lines` text DEFAULT '[]' NOT NULL,
	`tax_rate` real DEFAULT 0 NOT NULL,
	`subtotal_minor` integer DEFAULT 0 NOT NULL,
	`tax_minor` integer DEFAULT 0 NOT NULL,
	`total_minor` integer DEFAULT 0 NOT NULL,
	`valid_until` text,
	`notes` text,
	`sent_at` integer,
	`decided_at` integer,
	`decline_reason` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `quote_id_unique` ON `quote` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `quote_number_unique` ON `quote` (`number`);--> statement-breakpoint
CREATE INDEX `quote_lead` ON `quote` (`lead_id`);--> statement-breakpoint
CREATE INDEX `quote_updated` ON `quote` (`updated_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `quote_created` ON `quote` (`created_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `quote_deleted` ON `quote` (`deleted_at`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `saved_view` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`shared` integer DEFAULT 0 NOT NULL,
	`owner_id` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE INDEX `saved_view_list` ON `saved_view` (`list`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer,
	`user_id` text,
	`door` text,
	`batch_id` text,
	`quiet` integer DEFAULT 0 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `setting` (
	`id` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `stage` (
	`id` text PRIMARY KEY NOT NULL,
	`pipeline_id` text NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL,
	`kind` text DEFAULT 'open' NOT NULL,
	`probability` integer NOT NULL,
	`rotting_days` integer,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`pipeline_id`) REFERENCES `pipeline`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `stage_pipeline` ON `stage` (`pipeline_id`,`position`);--> statement-breakpoint
CREATE TABLE `team` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`manager_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`manager_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `team_id_unique` ON `team` (`id`);--> statement-breakpoint
CREATE INDEX `team_name` ON `team` (name collate nocase);--> statement-breakpoint
CREATE TABLE `user` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`role` text DEFAULT 'rep' NOT NULL,
	`team_id` text,
	`manager_id` text,
	`active` integer DEFAULT 1 NOT NULL,
	`is_local` integer DEFAULT 0 NOT NULL,
	`timezone` text,
	`signature` text,
	`external_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`manager_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `user_id_unique` ON `user` (`id`);--> statement-breakpoint
CREATE INDEX `user_name` ON `user` (name collate nocase);--> statement-breakpoint
CREATE INDEX `user_email` ON `user` (email collate nocase);--> statement-breakpoint
CREATE INDEX `user_external` ON `user` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX `user_team` ON `user` (`team_id`);--> statement-breakpoint
CREATE TABLE `word` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`label` text NOT NULL,
	`built_in` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT 1 NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `word_list` ON `word` (`list`,`position`);