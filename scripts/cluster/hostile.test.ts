import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createCluster } from '../../src/cluster/cluster.ts'
import { isWell, loadCases, sendHostile } from './hostile.ts'
import { httpApi } from './server.ts'

test('a server outlives what no client means, and load', { timeout: 300_000 }, async () => {
  const cluster = createCluster()
  const token = 'of-this-test'
  const server = httpApi(cluster, { token })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const timer = setInterval(() => cluster.engine.advance(10), 10)
  const target = { port: (server.address() as AddressInfo).port, token }
  try {
    const answers = await sendHostile(target)
    expect(answers.size).toBe(68)
    expect([...answers].filter(([, answer]) => / 500 /.test(answer))).toEqual([])
    const cases = Object.entries(loadCases(target))
    expect(cases.length).toBe(15)
    for (const [name, run] of cases) {
      await run()
      expect(await isWell(target), name).toBe(true)
    }
    expect(cluster.errors).toEqual([])
  } finally {
    clearInterval(timer)
    server.closeAllConnections()
    server.close()
  }
})
