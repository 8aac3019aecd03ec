/** SQL of the day that a task takes whole, null where it has a time of day. */
export const taskDay = `iif(length(task.wall_time) = 10, task.wall_time, null)`
