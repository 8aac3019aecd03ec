/** A change of an e-mail that was put aside, opened again from anywhere. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import type { FormDialogProps } from '../../../app/area'
import { EditEmail } from './EditEmail'

export default function EditEmailDialog({ with: { id }, onClose }: FormDialogProps) {
  const message = useQuery(api.outbox.get.queryOptions({ input: { id: String(id) } }))
  return message.data ? <EditEmail message={message.data} onClose={onClose} /> : null
}
