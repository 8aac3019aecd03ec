/** The command palette: what can be done, what was open lately, and everything search finds. */
import { Group, Loader, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type * as z from 'zod'
import type { RecordKind } from '../../../../contract/kernel/words'
import type { SearchHit as SearchHitShape } from '../../../../contract/records/search'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import type { PaletteAction } from '../../../app/area'
import { Keys } from '../../../app/Keys'
import { palette, paletteStore, selectFirstEntry } from '../../../app/palette'
import { kinds, recordPath } from '../../../app/records'
import { useContributions } from '../../../app/root'
import { useMe } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { readable } from '../../../ui/readable'
import { commonActions, matches } from './actions'
import { piecesOf } from './snippet'
import { useRecent } from './useRecent'

type SearchHit = z.infer<typeof SearchHitShape>
const pause = 80

export default function Palette() {
  const app = useApp()
  const { paletteActions } = useContributions()
  const permissions = useMe()?.permissions
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), pause)
  const [recent] = useRecent()
  const found = useQuery(
    api.search.queryOptions({
      input: { q: asked, limit: 30 },
      enabled: asked !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const actions = [...paletteActions, ...commonActions].filter(
    (action) =>
      (!action.permission || permissions?.includes(action.permission)) && matches(action, query),
  )
  const hits = asked === '' || query.trim() === '' ? [] : (found.data?.hits ?? [])
  // What is found arrives after the typing; Enter opens the first of it.
  const shown = JSON.stringify([query, hits.map(({ id }) => id)])
  useEffect(() => {
    if (shown) selectFirstEntry()
  }, [shown])
  // Typed and entered faster than found: what is found first opens as soon as it is there.
  const behind = query.trim() !== '' && (query.trim() !== asked || found.isFetching)
  const entered = useRef(false)
  const first = hits[0]
  useEffect(() => {
    if (behind || !entered.current) return
    entered.current = false
    if (!first) return
    palette.close()
    app.goTo(pathOfHit(first))
  }, [behind, first, app])
  const hitsByKind = Map.groupBy(hits, (hit: SearchHit) => hit.kind)
  const actionsByGroup = Map.groupBy(
    query.trim() === '' ? actions : actions.slice(0, 8),
    (action: PaletteAction) => action.group,
  )
  const nothing = actions.length === 0 && hits.length === 0
  const open = (kind: RecordKind, id: string) => app.goTo(recordPath(kind, id))

  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      centered={false}
      yOffset="12vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      size="lg"
      maxHeight="70vh"
      scrollable
    >
      <Spotlight.Search
        placeholder="Search everything, or type what to do…"
        leftSection={<IconSearch size={18} stroke={1.6} />}
        rightSection={found.isFetching ? <Loader size={16} /> : undefined}
        aria-label="Search and commands"
        onKeyDown={(event) => {
          entered.current =
            event.key === 'Enter' && behind && hits.length === 0 && actions.length === 0
        }}
      />
      <Spotlight.ActionsList>
        {query.trim() === '' && recent.length > 0 && (
          <Spotlight.ActionsGroup label="Open lately">
            {recent.map(({ kind, id, name }) => (
              <Row
                key={id}
                kind={kind}
                onClick={() => open(kind, id)}
                title={name}
                subtitle={kinds[kind].one}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {[...hitsByKind].map(([kind, members]) => (
          <Spotlight.ActionsGroup key={kind} label={capital(kinds[kind].many)}>
            {members.map((hit) => (
              <Hit
                key={`${hit.kind} ${hit.id}`}
                hit={hit}
                onOpen={() => app.goTo(pathOfHit(hit))}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {[...actionsByGroup].map(([group, members]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {members.map((action) => (
              <Spotlight.Action
                key={action.id}
                label={action.label}
                {...(action.description ? { description: action.description } : {})}
                leftSection={<action.icon size={18} stroke={1.6} />}
                rightSection={action.keys ? <Keys keys={action.keys} /> : undefined}
                onClick={() => action.run(app)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {nothing && !found.isFetching && (
          <Spotlight.Empty>
            Nothing is called that, and nothing can be done by that name.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Hit({ hit, onOpen }: { hit: SearchHit; onOpen(): void }) {
  return (
    <Row
      kind={hit.kind}
      title={hit.kind === 'activity' ? readable(hit.title) : hit.title}
      subtitle={
        <>
          {[hit.parent?.name, hit.subtitle].filter(Boolean).join(' · ')}
          {hit.snippet && (
            <Text component="span" size="xs" c="dimmed" display="block" lineClamp={1}>
              {piecesOf(hit.snippet).map((piece, index) => {
                const key = `${index} ${piece.text}`
                return piece.match ? (
                  <mark key={key}>{piece.text}</mark>
                ) : (
                  <span key={key}>{piece.text}</span>
                )
              })}
            </Text>
          )}
        </>
      }
      right={hit.at && <DateText value={hit.at} format="short" />}
      onClick={onOpen}
    />
  )
}

interface RowProps {
  kind: RecordKind
  title: string
  subtitle: ReactNode
  right?: ReactNode
  onClick(): void
}

function Row({ kind, title, subtitle, right, onClick }: RowProps) {
  const Icon = kinds[kind].icon
  return (
    <Spotlight.Action onClick={onClick}>
      <Group wrap="nowrap" gap="sm" w="100%">
        <Icon size={18} stroke={1.6} aria-hidden />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm" fw={550} truncate>
            {title}
          </Text>
          <Text size="xs" c="dimmed" component="div" truncate>
            {subtitle}
          </Text>
        </div>
        <Text size="xs" c="dimmed" component="span">
          {right}
        </Text>
      </Group>
    </Spotlight.Action>
  )
}

/** An activity opens on the page of the record it belongs to, scrolled to it. */
function pathOfHit(hit: SearchHit): string {
  if (hit.kind !== 'activity') return recordPath(hit.kind, hit.id)
  if (!hit.parent) return recordPath('activity', hit.id)
  return `${recordPath(hit.parent.kind, hit.parent.id)}?activity=${hit.id}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
