DROP INDEX `lead_signals`;--> statement-breakpoint
ALTER TABLE `lead` ADD `next_step_zone` text;--> statement-breakpoint
ALTER TABLE `lead` ADD `next_step_date` text;--> statement-breakpoint
-- Of those there are: an activity that takes a whole day, else a task.
UPDATE `lead` SET
  `next_step_zone` = (SELECT coalesce(`activity`.`zone`, '') FROM `activity`
    WHERE `activity`.`lead_id` = `lead`.`id` AND `activity`.`open_at` = `lead`.`next_step_at`
      AND `activity`.`all_day` = 1 AND `activity`.`planned_at` = `activity`.`open_at` ORDER BY `activity`.`seq` LIMIT 1),
  `next_step_date` = (SELECT `task`.`wall_time` FROM `task`
    WHERE `task`.`lead_id` = `lead`.`id` AND +`task`.`open_at` = `lead`.`next_step_at`
      AND length(`task`.`wall_time`) = 10 ORDER BY `task`.`seq` LIMIT 1)
WHERE `next_step_at` IS NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_signals` ON `lead` (`stage_id`,`next_step_at`,`last_activity_at`,`stage_entered_at`,`owner_id`,`next_step_zone`,`next_step_date`,`source`,`currency`,`value_minor`,`expected_close_date`) WHERE deleted_at is null and status = 'open';