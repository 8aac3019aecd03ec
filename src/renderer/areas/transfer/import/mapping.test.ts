import { describe, expect, test } from 'vitest'
import {
  examplesOf,
  fieldsOf,
  missingFields,
  ownFieldOf,
  readRow,
  unusedColumns,
  withFields,
  withoutUnknown,
} from './mapping'

const field = (name: string, required = false) => ({
  name,
  label: name.toUpperCase(),
  required,
  key: false,
  hint: null,
})
const fields = [field('title', true), field('company'), field('value')]
const file = {
  columns: ['product', 'account', 'price'],
  sampleRows: [
    ['GTX Basic', 'Isdom', '55'],
    ['GTX Basic', '', ' 60 '],
    ['MG Special', 'Cancity', ''],
  ],
}

describe('A mapping', () => {
  test('lets one column feed two fields, and two columns feed one', () => {
    const one = withFields({}, 'account', ['company', 'title'])
    const both = withFields(one, 'product', ['title'])
    expect(both).toEqual({ company: ['account'], title: ['account', 'product'] })
    expect(fieldsOf(both, 'account')).toEqual(['company', 'title'])
  })

  test('keeps the order of the columns of a field while another of its fields changes', () => {
    const mapping = { title: ['product', 'account'] }
    expect(withFields(mapping, 'product', ['title', 'value'])).toEqual({
      title: ['product', 'account'],
      value: ['product'],
    })
  })

  test('drops a field that loses its last column', () => {
    expect(withFields({ value: ['price'] }, 'price', [])).toEqual({})
  })

  test('that was remembered loses what this file or kind does not have', () => {
    const remembered = { title: ['product', 'colour'], owner: ['account'], value: ['cost'] }
    expect(withoutUnknown(remembered, file.columns, fields)).toEqual({ title: ['product'] })
  })

  test('that keeps a column as a field of its own is left so', () => {
    const mapping = { 'metadata.price': ['price'], 'custom.account': ['account'] }
    expect(withoutUnknown(mapping, file.columns, fields)).toEqual(mapping)
  })

  test('tells which required fields and which columns are left', () => {
    expect(missingFields({ company: ['account'] }, fields)).toEqual(['TITLE'])
    expect(missingFields({ title: ['product'] }, fields)).toEqual([])
    expect(unusedColumns({ title: ['product', 'account'] }, file.columns)).toEqual(['price'])
  })
})

test('a field of its own is called after the column', () => {
  expect(ownFieldOf('Größe (m²)', 'custom')).toBe('custom.gro_e_m2')
  expect(ownFieldOf('2nd Contract No.', 'metadata')).toBe('metadata.nd_contract_no')
  expect(ownFieldOf('价格', 'custom')).toBeUndefined()
})

test('examples of a column are its first different values', () => {
  expect(examplesOf(file, 'product')).toEqual(['GTX Basic', 'MG Special'])
  expect(examplesOf(file, 'price', 1)).toEqual(['55'])
  expect(examplesOf(file, 'nothing')).toEqual([])
})

test('a row joins the columns of a field and leaves out the blank ones', () => {
  const mapping = { title: ['product', 'account'], value: ['price'] }
  expect(readRow(file, mapping, 0)).toEqual([
    { field: 'title', value: 'GTX Basic – Isdom' },
    { field: 'value', value: '55' },
  ])
  expect(readRow(file, mapping, 1)[0]).toEqual({ field: 'title', value: 'GTX Basic' })
})
