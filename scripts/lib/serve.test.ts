import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve } from './serve.ts'

let folder: string
let served: Served

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'living-kubernetes-serve-'))
  for (const name of ['index.html', '404.html', 'a.png', 'a.jpg', 'a.webp', 'a.svg', 'a.ico', 'a.woff2'])
    writeFileSync(join(folder, name), name)
  served = await serve(folder, '/', 0)
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

test('listens on loopback alone', async () => {
  const { port } = new URL(served.url)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  const others = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(each => !each.internal && each.family === 'IPv4')
  for (const { address } of others) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow()
})

test('listens where it is told to', async () => {
  const everywhere = await serve(folder, '/', 0, '0.0.0.0')
  const { port } = new URL(everywhere.url)
  const [other] = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(each => each.family === 'IPv4')
  expect((await fetch(`http://${other?.address}:${port}/`)).status).toBe(200)
  await everywhere.close()
})

test.each([
  ['', 'text/html; charset=utf-8'],
  ['a.png', 'image/png'],
  ['a.jpg', 'image/jpeg'],
  ['a.webp', 'image/webp'],
  ['a.svg', 'image/svg+xml'],
  ['a.ico', 'image/x-icon'],
  ['a.woff2', 'font/woff2'],
])('/%s is %s', async (path, type) => {
  expect((await fetch(served.url + path)).headers.get('content-type')).toBe(type)
})
