// The mark in the sizes that systems ask for.
import { fullMark, mark } from './mark.ts'

export interface PngIcon {
  readonly name: string
  readonly svg: () => string
  readonly size: number
  /** In the web manifest; the others are asked for by the page. */
  readonly purpose?: 'any' | 'maskable'
}

export const pngIcons: readonly PngIcon[] = [
  { name: 'apple-touch-icon', svg: fullMark, size: 180 },
  { name: 'icon-192', svg: mark, size: 192, purpose: 'any' },
  { name: 'icon-512', svg: mark, size: 512, purpose: 'any' },
  { name: 'icon-maskable', svg: fullMark, size: 512, purpose: 'maskable' },
]
