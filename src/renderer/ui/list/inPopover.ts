/** The filter editor is in a popover, which takes a press elsewhere in the page as leaving it. */
export const inPopover = { withinPortal: false, shadow: 'md' }
