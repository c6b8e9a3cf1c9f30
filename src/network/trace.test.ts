// The way of a request, hop by hop, as those see it who draw it.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

test('tells how a request travels: name, service, node port, pod', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=leigg/hellok8s:v3_hostname')
  world.run('kubectl expose deployment web --port=80 --target-port=3000 --type=NodePort')
  world.run('kubectl patch svc web -p \'{"spec":{"ports":[{"port":80,"nodePort":30001}]}}\'')
  world.run('kubectl run client --image=busybox:1.36 -- sleep 100000')
  world.advance(10_000)
  const lines: string[] = []
  world.cluster.network.traces.follow(({ method, path, hops, outcome }) => {
    if (/^\/(health|ready)/.test(path)) return // probes travel too
    lines.push(
      `${method} ${path} ${outcome}: ${hops.map(h => `${h.type} ${h.name.replace(/-[a-z0-9]+-[a-z0-9]+$/, '')}@${h.node}`).join(', ')}`,
    )
  })
  world.run('kubectl exec client -- wget -qO- http://web/a')
  world.run('curl -s 10.0.2.2:30001/b')
  world.run('kubectl delete deployment web')
  world.advance(10_000)
  world.run('curl -s 10.0.2.2:30001/c')
  expect(lines).toEqual([
    'GET /a 200: client default/client@k8s-node1, dns web@k8s-node1, service default/web@k8s-node1, server default/web@k8s-node1',
    'GET /b 200: client @, node-port default/web@k8s-master, server default/web@k8s-node1',
    'GET /c refused: client @',
  ])
})

test('tells of a request whose name nobody knows', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl run client --image=busybox:1.36 -- sleep 100000')
  world.run('kubectl run curl --image=curlimages/curl --command -- sleep 100000')
  world.advance(10_000)
  const lines: string[] = []
  world.cluster.network.traces.follow(({ method, path, hops, outcome }) => {
    if (/^\/(health|ready)/.test(path)) return
    lines.push(`${method} ${path} ${outcome}: ${hops.map(h => `${h.type} ${h.name}`).join(', ')}`)
  })
  world.run('kubectl exec client -- wget -qO- http://nosuch/a')
  world.run('kubectl exec curl -- curl -s http://nosuch/b')
  world.run('kubectl exec client -- nslookup nosuch')
  expect(lines).toEqual([
    'GET /a unknown-host: client default/client, dns nosuch',
    'GET /b unknown-host: client default/curl, dns nosuch',
  ])
})
