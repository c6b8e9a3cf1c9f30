// Letters as paths. The font (Noto Sans SC, under the Open Font License) comes from a package that has cut it into a hundred
// files by ranges of Unicode; only those are read that a text needs.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import woff2 from 'wawoff2'

// The build may write its own code anywhere: packages are those of the project.
const require = createRequire(join(process.cwd(), 'package.json'))
const fontPackage = '@fontsource-variable/noto-sans-sc'

interface Slice {
  readonly file: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

let slices: readonly Slice[] | undefined

/** `{ "[4]": "U+1f1e9-1f1f5,U+ff03" }`: the name tells the file, the rest what is in it. */
function readSlices(): readonly Slice[] {
  const ranges = JSON.parse(readFileSync(require.resolve(`${fontPackage}/unicode.json`), 'utf8')) as Record<
    string,
    string
  >
  // Latin first: punctuation that several files have is taken from it.
  return Object.entries(ranges)
    .sort(([a], [b]) => Number(b === 'latin') - Number(a === 'latin'))
    .map(([name, list]) => ({
      file: `noto-sans-sc-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`,
      ranges: list.split(',').map(each => {
        const [from = '', to = from] = each.replace(/^U\+/i, '').split('-')
        return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
      }),
    }))
}

function sliceOf(character: string): Slice | undefined {
  slices ??= readSlices()
  const code = character.codePointAt(0) ?? 0
  return slices.find(({ ranges }) => ranges.some(([from, to]) => from <= code && code <= to))
}

const fonts = new Map<string, Promise<Font>>()

function fontOf(file: string, weight: number): Promise<Font> {
  const key = `${file} ${weight}`
  let font = fonts.get(key)
  if (!font) {
    font = woff2
      .decompress(readFileSync(require.resolve(`${fontPackage}/files/${file}`)))
      .then(data => create(Buffer.from(data)).getVariation({ wght: weight }))
    fonts.set(key, font)
  }
  return font
}

/** What the font has no glyph for, each character once. */
export const undrawable = (text: string): string[] =>
  [...new Set(text)].filter(each => each.trim() && !sliceOf(each))

export interface Style {
  /** Height of an em, in units of the drawing. */
  readonly size: number
  /** 100 to 900 */
  readonly weight: number
}

export interface DrawnText {
  /** `<path>`s whose baseline begins at 0,0. */
  readonly paths: string
  readonly width: number
}

/** Throws where the font lacks a character. */
export async function drawText(text: string, { size, weight }: Style): Promise<DrawnText> {
  const missing = undrawable(text)
  if (missing.length) throw new Error(`${fontPackage} has no ${missing.join(' ')} (in “${text}”)`)
  const runs: { file: string; text: string }[] = []
  for (const character of text) {
    const file = (character.trim() ? sliceOf(character)?.file : runs.at(-1)?.file) ?? sliceOf('a')!.file
    if (runs.at(-1)?.file === file) runs.at(-1)!.text += character
    else runs.push({ file, text: character })
  }
  let x = 0
  let paths = ''
  for (const run of runs) {
    const font = await fontOf(run.file, weight)
    const scale = size / font.unitsPerEm
    const { glyphs, positions } = font.layout(run.text)
    for (const [i, { path }] of glyphs.entries()) {
      const d = path.toSVG()
      if (d) paths += `<path transform="translate(${x.toFixed(2)} 0) scale(${scale} ${-scale})" d="${d}"/>`
      x += positions[i]!.xAdvance * scale
    }
  }
  return { paths, width: x }
}

/** Pieces that a line may end after: a Chinese character with the punctuation behind it, a word with its space. */
const pieces = (text: string): string[] =>
  text.match(
    /[“‘（《]*(?:[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef，。：、？！；）》”’]+)[，。：、？！；）》”’]*\s*/g,
  ) ?? [text]

/** `text` in lines of at most `width`; a piece that is longer alone stays whole. */
export async function breakText(text: string, style: Style, width: number): Promise<string[]> {
  const lines = ['']
  for (const piece of pieces(text)) {
    const longer = lines.at(-1)! + piece
    const drawn = await drawText(longer.trimEnd(), style)
    if (drawn.width > width && lines.at(-1)) lines.push(piece)
    else lines[lines.length - 1] = longer
  }
  return lines.map(each => each.trimEnd())
}
