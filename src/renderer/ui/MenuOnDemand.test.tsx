import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type MenuButtonProps, MenuOnDemand } from './MenuOnDemand'

const Button = (props: MenuButtonProps) => (
  <button type="button" {...props}>
    More
  </button>
)

const Items = () => {
  throw new Error('mounted')
}

describe('A menu on demand', () => {
  // Components of Mantine refuse to be drawn without the provider that is missing here.
  it('draws its button and mounts nothing else before it is opened', () => {
    const drawn = renderToStaticMarkup(
      <MenuOnDemand button={Button}>
        <Items />
      </MenuOnDemand>,
    )
    expect(drawn).toMatch(
      /^<button type="button" id="[^"]+" aria-haspopup="menu" aria-expanded="false">More<\/button>$/,
    )
  })
})
