/** Menus hang outside the card they belong to: a press in one is no press beside the card. */
export const isMenuOpen = (): boolean => document.querySelector('[role="menu"]') !== null
