/** Forms that drafts open again as dialogs, wherever the user is. */
import { useState } from 'react'
import { areas } from '../areas'

interface OpenForm {
  key: number
  name: string
  with: Readonly<Record<string, unknown>>
}

export function useDraftForms() {
  const [opened, setOpened] = useState<readonly OpenForm[]>([])
  const open = (name: string, values: OpenForm['with']) =>
    setOpened((forms) => [...forms, { key: (forms.at(-1)?.key ?? 0) + 1, name, with: values }])
  const dialogs = opened.map(({ key, name, with: values }) => {
    const Form = areas.find(({ formDialogs }) => formDialogs?.[name])?.formDialogs?.[name]
    const close = () => setOpened((forms) => forms.filter((form) => form.key !== key))
    return Form && <Form key={key} with={values} onClose={close} />
  })
  return { open, dialogs }
}
