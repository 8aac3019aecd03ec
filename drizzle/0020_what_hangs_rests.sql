ALTER TABLE `activity` ADD `trashed_with` text;--> statement-breakpoint
CREATE INDEX `activity_trashed_with` ON `activity` (`trashed_with`) WHERE trashed_with is not null;--> statement-breakpoint
ALTER TABLE `plan` ADD `rested` text;--> statement-breakpoint
ALTER TABLE `quote` ADD `trashed_with` text;--> statement-breakpoint
CREATE INDEX `quote_trashed_with` ON `quote` (`trashed_with`) WHERE trashed_with is not null;--> statement-breakpoint
ALTER TABLE `reminder` ADD `trashed_with` text;--> statement-breakpoint
CREATE INDEX `reminder_trashed_with` ON `reminder` (`trashed_with`) WHERE trashed_with is not null;--> statement-breakpoint
ALTER TABLE `session` ADD `keeps_work` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `task` ADD `trashed_with` text;--> statement-breakpoint
CREATE INDEX `task_trashed_with` ON `task` (`trashed_with`) WHERE trashed_with is not null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM activity holder
  WHERE reminder.activity_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM task holder
  WHERE reminder.activity_id is null and reminder.task_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM lead holder
  WHERE reminder.activity_id is null and reminder.task_id is null and reminder.lead_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM customer holder
  WHERE reminder.activity_id is null and reminder.task_id is null and reminder.lead_id is null and reminder.customer_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM contact holder
  WHERE reminder.activity_id is null and reminder.task_id is null and reminder.lead_id is null and reminder.customer_id is null and reminder.contact_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE reminder SET trashed_with = holder.id FROM company holder
  WHERE reminder.activity_id is null and reminder.task_id is null and reminder.lead_id is null and reminder.customer_id is null and reminder.contact_id is null and reminder.company_id = holder.id and holder.deleted_at is not null and reminder.deleted_at = holder.deleted_at and reminder.plan_id is null;--> statement-breakpoint
UPDATE task SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM lead holder
  WHERE task.lead_id = holder.id and holder.deleted_at is not null and task.deleted_at is null and task.status in ('pending', 'in_progress');--> statement-breakpoint
UPDATE task SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM customer holder
  WHERE task.lead_id is null and task.customer_id = holder.id and holder.deleted_at is not null and task.deleted_at is null and task.status in ('pending', 'in_progress');--> statement-breakpoint
UPDATE task SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM contact holder
  WHERE task.lead_id is null and task.customer_id is null and task.contact_id = holder.id and holder.deleted_at is not null and task.deleted_at is null and task.status in ('pending', 'in_progress');--> statement-breakpoint
UPDATE task SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM company holder
  WHERE task.lead_id is null and task.customer_id is null and task.contact_id is null and task.company_id = holder.id and holder.deleted_at is not null and task.deleted_at is null and task.status in ('pending', 'in_progress');--> statement-breakpoint
UPDATE activity SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM lead holder
  WHERE activity.lead_id = holder.id and holder.deleted_at is not null and activity.deleted_at is null and activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null and coalesce(activity.scheduled_at, activity.due_at) is not null;--> statement-breakpoint
UPDATE activity SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM customer holder
  WHERE activity.lead_id is null and activity.customer_id = holder.id and holder.deleted_at is not null and activity.deleted_at is null and activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null and coalesce(activity.scheduled_at, activity.due_at) is not null;--> statement-breakpoint
UPDATE activity SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM contact holder
  WHERE activity.lead_id is null and activity.customer_id is null and activity.contact_id = holder.id and holder.deleted_at is not null and activity.deleted_at is null and activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null and coalesce(activity.scheduled_at, activity.due_at) is not null;--> statement-breakpoint
UPDATE activity SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM company holder
  WHERE activity.lead_id is null and activity.customer_id is null and activity.contact_id is null and activity.company_id = holder.id and holder.deleted_at is not null and activity.deleted_at is null and activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null and coalesce(activity.scheduled_at, activity.due_at) is not null;--> statement-breakpoint
UPDATE quote SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM lead holder
  WHERE quote.lead_id = holder.id and holder.deleted_at is not null and quote.deleted_at is null and true;--> statement-breakpoint
UPDATE reminder SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM task holder
  WHERE reminder.activity_id is null and reminder.task_id = holder.id and holder.trashed_with is not null and reminder.deleted_at is null;--> statement-breakpoint
UPDATE reminder SET deleted_at = holder.deleted_at, trashed_with = holder.id FROM activity holder
  WHERE reminder.activity_id = holder.id and holder.trashed_with is not null and reminder.deleted_at is null;--> statement-breakpoint
UPDATE notification SET read_at = holder.deleted_at, settled = 1 FROM task holder
  WHERE notification.subject_id = holder.id and holder.trashed_with is not null and notification.read_at is null;--> statement-breakpoint
UPDATE notification SET read_at = holder.deleted_at, settled = 1 FROM activity holder
  WHERE notification.subject_id = holder.id and holder.trashed_with is not null and notification.read_at is null;--> statement-breakpoint
UPDATE lead SET next_step_at = null WHERE deleted_at is not null and next_step_at is not null;