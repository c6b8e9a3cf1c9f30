// How an address tells of a history that it holds, and the name of a file that does.

/** Begins the part of an address behind which a packed history stands, or the name of one that a page of this site leads to. */
export const linkMark = '#h='
/** … or this: the history that this tab carries from one lesson to another, kept under `carriedKey`. */
export const carried = 'carried'
export const carriedKey = 'lab:carried'
/** Where a page of this site that leads into the lab says so: such a link is not looked at before it runs. */
export const ownLinkKey = 'lab:own-link'

export const historyEnd = '.history.json'
/** A browser that saves such a file again puts a number into its name: `x.history (1).json`. */
export const isHistoryFile = (name: string): boolean => /\.history ?(?:\(\d+\)|-\d+)?\.json$/.test(name)
