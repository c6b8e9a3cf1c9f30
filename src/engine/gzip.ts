// Compressed texts. Nothing is compressed here: a mark in front tells such a text from others, as gzip's own two bytes do.
const mark = '\x1f\x8b\x08'

export const isGzip = (text: string): boolean => text.startsWith(mark)
export const zipped = (text: string): string => mark + text
export const unzipped = (text: string): string => text.slice(mark.length)
