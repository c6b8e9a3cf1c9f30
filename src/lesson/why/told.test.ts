// What is told of a trouble is true of this one, and stands where it says.

import { describe, expect, it } from 'vitest'
import { live, lived, pod, said, saidOf, sh, told, workload } from '../../../tests/why/lived.ts'
import { isKind } from '../../kinds/object.ts'
import { installIngressController } from '../ingress-controller.ts'
import { subjectOf, troubles, why } from './why.ts'

describe('what is told is true of this one', () => {
  it('who answers a probe has started: the probe asks for the wrong thing', () => {
    const get = { httpGet: { port: 80, path: '/no' }, periodSeconds: 3 }
    const main = { name: 'main', image: 'nginx', readinessProbe: get, livenessProbe: get }
    const world = lived(['kubectl apply -f a.json', 40], { 'a.json': pod('a', { containers: [main] }) })
    expect(told(world)).toEqual([
      'Its liveness probe fails: HTTP probe failed with statuscode: 404. The kubelet kills it; the program did not crash.',
    ])
  })

  it('the log of a run that has just ended is the present one', () => {
    const world = lived(['kubectl apply -f a.json', 20], {
      'a.json': pod('a', { containers: [{ name: 'main', ...sh('sleep 2; echo run; exit 1') }] }),
    })
    const shownAs = (state: 'running' | 'waiting' | 'terminated') => {
      for (let i = 0; i < 200; i++) {
        const found = subjectOf(world, 'pod/a')
        const { status } = found.type === 'object' && isKind(found.object, 'Pod') ? found.object : {}
        const [main] = status?.containerStatuses ?? []
        if (main?.state[state] && main.restartCount > 0) break
        world.advance(500)
      }
      return why(world, subjectOf(world, 'pod/a')).causes.map(({ links }) => links.at(-1)?.shown)
    }
    expect(shownAs('running')).toEqual(['kubectl logs a -c main --previous'])
    expect(shownAs('terminated')).toEqual(['kubectl logs a -c main'])
  })

  it('a program that ends by a signal of its own making was not killed from outside', () => {
    const world = lived(['kubectl apply -f a.json', 20], {
      'a.json': pod('a', { containers: [{ name: 'main', ...sh('exit 139') }] }),
    })
    expect(told(world)).toEqual(['The program ended by itself with 139 and wrote no line before.'])
  })

  it('a probe names its port by name', () => {
    const readinessProbe = { tcpSocket: { port: 'web' }, periodSeconds: 5 }
    const ports = [{ containerPort: 8080, name: 'web' }]
    const world = lived(['kubectl apply -f a.json', 40], {
      'a.json': pod('a', { containers: [{ name: 'main', image: 'nginx', ports, readinessProbe }] }),
    })
    expect(told(world)).toEqual(['Its readiness probe knocks at 8080; the container listens on 80.'])
  })

  it('of nodes those count that the pod may use, and nothing is lowered to nothing', () => {
    const main = { name: 'main', image: 'nginx', resources: { requests: { cpu: '1' } } }
    const world = lived(
      [
        'kubectl label node k8s-node1 size=small',
        'kubectl cordon k8s-node2',
        'kubectl create deployment busy --image=nginx',
        'kubectl set resources deployment busy --requests=cpu=1900m',
        20,
        'kubectl uncordon k8s-node2',
        'kubectl apply -f web.json',
        20,
      ],
      { 'web.json': workload({ nodeSelector: { size: 'small' }, containers: [main] }) },
      { workers: 2 },
    )
    const [answer] = troubles(world)
    expect(answer && said(answer)).toEqual([
      'It requests cpu 1; on k8s-node1 2 of 2 are requested already (requested, not used), the largest gap is 0.',
    ])
    expect(answer?.causes[0]).toMatchObject({ follows: { text: 'schedulesAgain' } })
    expect(answer?.causes[0]?.command).toBeUndefined()
  })

  it('a node that is silent: who evicts its pods, and when; another one that is well is not blamed', () => {
    const world = lived(['kubectl create deployment web --image=nginx --replicas=2', 20], {}, { workers: 2 })
    world.inject({ type: 'node-lost', node: 'k8s-node2' })
    live(world, [100, 'ssh k8s-node1 systemctl stop kubelet', 60])
    expect(saidOf(world, 'node/k8s-node2')).toEqual([
      'k8s-node2 has left the network; after 5 min its pods are evicted.',
    ])
    expect(saidOf(world, 'node/k8s-node1')).toEqual([
      'The kubelet on k8s-node1 has stopped; containers run on, nobody reports.',
    ])
    expect(why(world, subjectOf(world, 'node/k8s-node2')).causes[0]?.follows).toEqual({
      text: 'evicts',
      values: { time: expect.stringMatching(/^0[67]:\d\d$/) },
    })
  })

  it('a kubelet that stopped just now, whose node still says that it is ready', () => {
    const world = lived(['ssh k8s-node1 systemctl stop kubelet', 'kubectl run web --image=nginx', 1])
    expect(told(world)).not.toContain(
      'It has its node, k8s-node1, whose kubelet has said nothing about it yet.',
    )
    world.advance(5000)
    expect(
      why(world, subjectOf(world, 'pod/web')).causes.map(each => each.links.map(({ text }) => text)),
    ).toEqual([['47b', '79']])
  })

  it('a selector that nobody matches: what makes such pods has none, is scaled to 0, or is called otherwise', () => {
    const world = lived([
      'kubectl create deployment web --image=nginx --replicas=0',
      'kubectl expose deployment web --port=80',
      'kubectl create deployment front --image=nginx',
      'kubectl create deployment hello --image=nginx',
      'kubectl create service clusterip helo --tcp=80',
      'kubectl create service clusterip other --tcp=80',
      20,
    ])
    expect(saidOf(world, 'service/web')).toEqual([
      'web, which makes the pods that app=web would match, is scaled to 0.',
    ])
    expect(saidOf(world, 'service/helo')).toEqual([
      'The selector app=helo matches no pod; the labels of hello-* are app=hello: app differs.',
    ])
    expect(saidOf(world, 'service/other')).toEqual(['The selector app=other matches no pod in default.'])
    live(world, [
      'kubectl create quota none --hard=pods=0',
      2,
      'kubectl scale deployment web --replicas=1',
      2,
    ])
    expect(
      why(world, subjectOf(world, 'service/web')).causes.map(({ links }) => links.map(each => each.text)),
    ).toEqual([['51c', '64', '14']])
  })

  it('a Job whose pod was restarted too often has no pod and no log any more', () => {
    const spec = { restartPolicy: 'OnFailure', containers: [{ name: 'main', ...sh('exit 1') }] }
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'sum' },
      spec: { backoffLimit: 1, template: { spec } },
    }
    const world = lived(['kubectl apply -f job.json', 60], { 'job.json': JSON.stringify(job) })
    expect(saidOf(world, 'job/sum')).toEqual([
      'It was restarted more often than backoffLimit 1 allows; its pod was removed, and the log with it.',
    ])
  })

  it('an Ingress whose class is there and whose controller is not', () => {
    const world = lived(['kubectl apply -f all.json', 20], {
      'all.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'IngressClass',
            metadata: { name: 'nginx' },
            spec: { controller: 'k8s.io/ingress-nginx' },
          },
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'Ingress',
            metadata: { name: 'web' },
            spec: {
              ingressClassName: 'nginx',
              defaultBackend: { service: { name: 'web', port: { number: 80 } } },
            },
          },
        ],
      }),
    })
    expect(saidOf(world, 'ingress/web')).toContain('The controller of the class nginx does not run.')
  })
})

describe('a request', () => {
  const asker = 'kubectl run ask --image=curlimages/curl --command -- sleep 10000'

  it('for a path that no Ingress has: there is none at all', () => {
    const door = `kubectl get service -n ingress-nginx ingress-nginx-controller -o jsonpath='{.spec.clusterIP}'`
    const world = lived([...installIngressController, `curl -s -H 'Host: shop.example' $(${door})/cart`])
    expect(told(world)).toEqual(['No rule covers shop.example/cart: there is no Ingress at all.'])
  })

  it('for a name: one of the world outside, one of another namespace, one with a namespace that lacks it', () => {
    const world = lived([
      asker,
      'kubectl create namespace shop',
      'kubectl create service clusterip cart --tcp=80 -n shop',
      10,
    ])
    const asked = (name: string) => {
      live(world, [`kubectl exec ask -- curl -s ${name}`])
      const trace = world.cluster.network.traces.recent.all.at(-1)!
      return said(why(world, { type: 'request', trace }))
    }
    expect(asked('shop.example')).toEqual(['No name server knows shop.example.'])
    expect(asked('cart')).toEqual([
      'cart is in namespace shop; a short name looks in its own only. Write cart.shop.',
    ])
    expect(asked('cart.default')).toEqual(['There is no Service cart in default.'])
  })

  it('for a name of the cluster, from a machine: its name server knows none of them', () => {
    const world = lived([
      'kubectl create service clusterip cart --tcp=80',
      'curl -s http://cart',
      'ssh k8s-node1 curl -s cart',
    ])
    const { recent } = world.cluster.network.traces
    expect(recent.all.map(trace => said(why(world, { type: 'request', trace })))).toEqual([
      ['Only pods know the names of Services; cart was asked for on the workstation.'],
      ['Only pods know the names of Services; cart was asked for on k8s-node1.'],
    ])
    live(world, ['curl -s http://crat'])
    expect(said(why(world, { type: 'request', trace: recent.all.at(-1)! }))).toEqual([
      'No name server knows crat.',
    ])
  })

  it('that the program itself answers badly is no trouble; who asks is told', () => {
    const world = lived(['kubectl run web --image=nginx', 10])
    const { stdout: ip } = world.run(`kubectl get pod web -o jsonpath='{.status.podIP}'`)
    live(world, [`curl -s ${ip}/nothing`])
    const trace = world.cluster.network.traces.recent.all.at(-1)!
    expect(said(why(world, { type: 'request', trace }))).toEqual([
      'The way there is open: web itself answers 404.',
    ])
    expect(told(world)).toEqual([])
  })

  it('that failed is explained as long as one asks, but no trouble for long, and none once it is answered', () => {
    const world = lived(['kubectl run web --image=nginx', 10])
    const { stdout: ip } = world.run(`kubectl get pod web -o jsonpath='{.status.podIP}'`)
    live(world, [`curl -s ${ip}:81`, 90])
    const trace = world.cluster.network.traces.recent.numbered(1)!
    const sentence = 'It reached web:81, where nobody listens (it listens on 80).'
    expect(said(why(world, { type: 'request', trace }))).toEqual([sentence])
    expect(told(world)).toEqual([])
    live(world, [
      `kubectl exec web -- sh -c 'sed -i s/80/81/ /etc/nginx/conf.d/default.conf; nginx -s reload'`,
      2,
      `curl -s ${ip}:81`,
    ])
    expect(why(world, { type: 'request', trace })).toMatchObject({
      state: 'normal',
      normal: { text: 'answeredSince', values: { outcome: 200 } },
    })
  })

  it('whose pod has left since: another one may have its address', () => {
    const lifecycle = { preStop: { exec: { command: ['sleep', '20'] } } }
    const world = lived(['kubectl apply -f web.json', 10], {
      'web.json': pod('web', { containers: [{ name: 'main', image: 'nginx', lifecycle }] }),
    })
    const { stdout } = world.run(`kubectl get pod web -o jsonpath='{.status.podIP}'`)
    live(world, [`curl -s ${stdout}:81`])
    expect(told(world)).toEqual(['It reached web:81, where nobody listens (it listens on 80).'])
    live(world, ['kubectl delete pod web --wait=false', 1])
    expect(told(world)).toEqual([])
  })

  it('is not pushed out by the probes of many pods', () => {
    const main = { name: 'main', image: 'nginx', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }
    const world = lived(['ssh k8s-node1 curl -s -m 2 20.1.200.200', 'kubectl apply -f web.json', 20], {
      'web.json': workload({ containers: [main] }, 3),
    })
    expect(world.cluster.network.traces.recent.all.map(({ address, agent }) => [address, agent])).toEqual([
      ['20.1.200.200', expect.stringMatching(/^curl/)],
    ])
  })
})

describe('the line of a manifest', () => {
  const manifest = (image: string, more: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n${more}spec:\n  containers:\n  - name: main\n    image: ${image}\n`
  const placeIn = (world: ReturnType<typeof lived>) =>
    why(world, subjectOf(world, 'pod/web')).causes[0]?.links.at(-1)?.place
  const labels = '  labels:\n    app: web\n'

  it('stands in the file that the reader named last', () => {
    const files = { 'a.yaml': manifest('ngnix', ''), 'b.yaml': manifest('ngnix', labels) }
    const world = lived(['cat b* | kubectl apply -f -', 20], files)
    const type = (text: string) => {
      world.apply({ at: world.elapsed, type: 'input', terminal: 1, text: `${text}\n` })
      world.advance(2000)
    }
    type('kubectl apply -f b.yaml')
    expect(placeIn(world)).toEqual({ file: 'b.yaml', line: 10 })
    type('kubectl diff -f a.yaml')
    expect(placeIn(world)).toEqual({ file: 'a.yaml', line: 8 })
  })

  it('stands, where none was named, in the file that the object is like', () => {
    const files = {
      'a.yaml': manifest('ngnix', '  labels:\n    app: other\n'),
      'b.yaml': manifest('ngnix', labels),
    }
    expect(placeIn(lived(['cat b* | kubectl apply -f -', 20], files))).toEqual({ file: 'b.yaml', line: 10 })
  })

  it('is not told where somebody has changed the value since', () => {
    const world = lived(['kubectl apply -f a.yaml', 5, 'kubectl set image pod/web main=nignx', 20], {
      'a.yaml': manifest('ngnix', ''),
    })
    expect(saidOf(world, 'pod/web')).toHaveLength(1)
    expect(placeIn(world)).toBeUndefined()
  })
})
