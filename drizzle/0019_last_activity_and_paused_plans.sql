-- What is said to have happened in the future is nobody's last activity.
UPDATE `lead` SET `last_activity_at` = (
  SELECT max(coalesce(`occurred_at`, `completed_at`)) FROM `activity`
  WHERE `activity`.`lead_id` = `lead`.`id` AND `deleted_at` IS NULL AND `category` <> 'system'
    AND coalesce(`occurred_at`, `completed_at`) <= unixepoch('subsec') * 1000 + 300000)
WHERE `last_activity_at` > unixepoch('subsec') * 1000 + 300000;
--> statement-breakpoint
-- A plan that is paused until a date goes on then: that is a next step.
UPDATE `lead` SET `next_step_at` = min(coalesce(`next_step_at`, `paused`.`until`), `paused`.`until`)
FROM (SELECT `lead_id`, min(`paused_until`) AS `until` FROM `plan`
  WHERE `state` = 'paused' AND `paused_until` IS NOT NULL AND `lead_id` IS NOT NULL GROUP BY `lead_id`) AS `paused`
WHERE `paused`.`lead_id` = `lead`.`id`;
