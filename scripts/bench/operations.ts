// Create, patch, get, list and watch at 100, 1,000 and 10,000 objects: the cost of one operation should stay flat, that of
// a list follow its result. Prints one line of JSON.
import { createCluster } from '../../src/cluster/cluster.ts'
import '../../src/parts/preload.ts'

const collection = '/api/v1/namespaces/default/configmaps'
const body = (i: number) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `c-${i}`, labels: { app: `a-${i % 10}` } },
  data: { key: `value ${i}` },
})

function measure(objects: number) {
  const { api, engine } = createCluster({ seed: 1, epoch: 1_795_430_000_000 })
  const perSecond = (count: number, work: (i: number) => { code: number }) => {
    const began = performance.now()
    for (let i = 0; i < count; i++) {
      const { code } = work(i)
      if (code >= 300) throw new Error(`operation answered ${code}`)
    }
    return (1000 * count) / (performance.now() - began)
  }
  const create = perSecond(objects, i => api.handle({ method: 'POST', path: collection, body: body(i) }))
  const some = Math.min(objects, 1000)
  const patch = perSecond(some, i =>
    api.handle({
      method: 'PATCH',
      path: `${collection}/c-${(i * 7) % objects}`,
      contentType: 'application/merge-patch+json',
      body: { data: { key: `patched ${i}` } },
    }),
  )
  const get = perSecond(some, i =>
    api.handle({ method: 'GET', path: `${collection}/c-${(i * 7) % objects}` }),
  )
  const lists = 10
  const listMs = (1000 * lists) / perSecond(lists, () => api.handle({ method: 'GET', path: collection }))
  let events = 0
  for (let i = 0; i < 100; i++) {
    // Ninety-nine watchers who are not concerned, and one who is.
    const fieldSelector = `metadata.name=${i ? `other-${i}` : 'c-0'}`
    api.watch({ method: 'GET', path: collection, query: { fieldSelector } }, () => events++)
  }
  engine.advance(100)
  const began = performance.now()
  events = 0
  for (let i = 0; i < 1000; i++) {
    api.handle({
      method: 'PATCH',
      path: `${collection}/c-0`,
      contentType: 'application/merge-patch+json',
      body: { data: { key: `watched ${i}` } },
    })
    engine.advance(10)
  }
  if (events !== 1000) throw new Error(`${events} of 1000 watch events`)
  const watch = performance.now() - began
  return { objects, create, patch, get, list: (1000 * listMs) / lists / objects, watch }
}

measure(100)
console.log(JSON.stringify([100, 1000, 10_000].map(measure)))
