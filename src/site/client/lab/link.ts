// How an address tells of a history that it holds.

/** Begins the part of an address behind which a packed history stands. */
export const linkMark = '#h='
/** … or this: the history that this tab carries from one lesson to another, kept under `carriedKey`. */
export const carried = 'carried'
export const carriedKey = 'lab:carried'
/** Where a page of this site that leads into the lab says so: such a link is not looked at before it runs. */
export const ownLinkKey = 'lab:own-link'
