/** The dialog for a new lead. */
import { leadFields } from '../../../../contract/records/lead-fields'
import { LeadCreate } from '../../../../contract/records/leads'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { CreateRecord } from '../../../ui/record/CreateRecord'
import { useFacets } from '../../../ui/useFacets'

export default function CreateLead(dialog: CreateDialogProps) {
  const sources = useFacets()?.sources ?? []
  return (
    <CreateRecord
      kind="lead"
      dialog={dialog}
      fields={leadFields}
      schema={LeadCreate}
      create={async (input) => {
        const { id, title } = await client.leads.create(input)
        return { id, name: title }
      }}
      begin={{ priority: 'medium' }}
      rows={[
        'title',
        [
          'company',
          'contact',
          'value',
          'expectedCloseDate',
          'stage',
          'owner',
          'source',
          'priority',
        ],
        'tags',
        'description',
      ]}
      duplicates={{ after: 'title', typed: ({ title }) => [String(title)] }}
      looks={{
        title: () => ({ placeholder: 'What could be sold, to whom' }),
        contact: ({ companyId }) => ({ createWith: { companyId } }),
        stage: () => ({ placeholder: 'The first one' }),
        source: () => ({ suggestions: sources }),
      }}
    />
  )
}
