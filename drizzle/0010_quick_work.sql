CREATE INDEX `activity_planned_user` ON `activity` (`user_id`,`planned_at`,`seq`) WHERE planned_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX `activity_stays` ON `activity` (`lead_id`,metadata ->> '$.old',metadata ->> '$.entered_at',`at`) WHERE type = 'stage_changed' and category = 'system' and deleted_at is null;--> statement-breakpoint
CREATE INDEX `reminder_at_user` ON `reminder` (`user_id`,`remind_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_due_user` ON `task` (`assignee_id`,`due_at`,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_title` ON `task` (title collate nocase,`seq`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `task_priority` ON `task` (case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end,`seq`) WHERE deleted_at is null;