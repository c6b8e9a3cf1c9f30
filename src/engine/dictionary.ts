// What somebody wrote is a name like any other, also where every object of JavaScript has something under it: `constructor`.

/** A table that is looked up by what somebody wrote: it has what it lists, and no more. */
export const dictionary = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.assign(Object.create(null), entries)

/** What a record of somebody's own making (labels, limits) has under a key. */
export const ownValue = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
