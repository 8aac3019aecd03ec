/** Binds the contract of the workspace's settings. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { CustomFieldArea } from '../../records/custom-fields/custom-fields'
import type { SampleData } from '../sample/sample'
import type { SettingsArea } from './settings'

export const settingsProcedures = (
  settings: () => SettingsArea,
  customFields: () => CustomFieldArea,
  sample: () => SampleData,
) => ({
  workspace: bind.settings.workspace.handler(() => settings().workspace()),
  updateWorkspace: bind.settings.updateWorkspace.handler(
    edits(
      {
        table: 'setting',
        rowId: (_input, _actor, field) => field,
        now: () => settings().workspace(),
      },
      ({ input, context }) => settings().updateWorkspace(context.actor, input),
    ),
  ),
  preferences: bind.settings.preferences.handler(({ context }) =>
    settings().preferences(context.actor),
  ),
  setPreference: bind.settings.setPreference.handler(({ input, context }) =>
    settings().setPreference(context.actor, input.key, input.value),
  ),
  customFields: {
    list: bind.settings.customFields.list.handler(({ input }) => customFields().list(input.table)),
    create: bind.settings.customFields.create.handler(({ input, context }) =>
      customFields().create(context.actor, input),
    ),
    update: bind.settings.customFields.update.handler(
      edits(
        { table: 'custom_field', now: (_, { id }) => customFields().get(id) },
        ({ input, context }) => customFields().update(context.actor, input),
      ),
    ),
    remove: bind.settings.customFields.remove.handler(({ input, context }) =>
      customFields().remove(context.actor, input.id),
    ),
  },
  views: {
    list: bind.settings.views.list.handler(({ input, context }) =>
      settings().views.list(context.actor, input.list),
    ),
    create: bind.settings.views.create.handler(({ input, context }) =>
      settings().views.create(context.actor, input),
    ),
    update: bind.settings.views.update.handler(
      edits(
        { table: 'saved_view', now: (actor, { id }) => settings().views.get(actor, id) },
        ({ input, context }) => settings().views.update(context.actor, input),
      ),
    ),
    remove: bind.settings.views.remove.handler(({ input, context }) =>
      settings().views.remove(context.actor, input.id),
    ),
  },
  sample: {
    load: bind.settings.sample.load.handler(({ context }) => sample().load(context.actor)),
  },
})
