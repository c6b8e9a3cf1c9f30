// A history for an address: compressed, in letters that an address may hold.

export async function pack(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Throws where it was not packed, and `too long` where it is longer: a few bytes could unfold to gigabytes. */
export async function unpack(packed: string, most: number): Promise<string> {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, each => each.charCodeAt(0))
  return new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'), most))
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const out: Uint8Array[] = []
  let size = 0
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(stream)
    .getReader() as ReadableStreamDefaultReader<Uint8Array>
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    out.push(value)
    size += value.length
    if (size > most) throw new Error('too long')
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const each of out) {
    all.set(each, at)
    at += each.length
  }
  return all
}
