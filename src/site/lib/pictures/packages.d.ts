// Of packages that draw pictures at the build, what is used here; two of them bring no types of their own.

declare module '@resvg/resvg-wasm' {
  /** Once, before the first picture. */
  export function initWasm(module: Uint8Array): Promise<void>
  export class Resvg {
    constructor(svg: string, options?: { fitTo?: { mode: 'width'; value: number } })
    render(): { asPng(): Uint8Array; free(): void }
    free(): void
  }
}

declare module 'fontkit' {
  export interface Font {
    readonly unitsPerEm: number
    getVariation(settings: Record<string, number>): Font
    layout(text: string): {
      readonly glyphs: readonly { readonly path: { toSVG(): string } }[]
      readonly positions: readonly { readonly xAdvance: number }[]
    }
  }
  export function create(data: Uint8Array): Font
}

declare module 'wawoff2' {
  const woff2: { decompress(data: Uint8Array): Promise<Uint8Array> }
  export default woff2
}
