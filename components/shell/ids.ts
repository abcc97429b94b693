/** Targets of popover buttons; in a file of their own, since a constant of a client module does not reach a server one. */
export const navigationId = 'main-navigation'
export const menuId = 'person-menu'
