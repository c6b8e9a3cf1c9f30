// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const caller = (name: string) =>
  `kk run caller --image=busybox:1.28 -- sh -c 'nslookup ${name} && sleep 36000'`
const service = (spec: string) =>
  `printf 'apiVersion: v1\\nkind: Service\\nmetadata: {name: orders-db}\\nspec: {${spec}}\\n' | kk apply -f -`
const report = (more = '') =>
  `kk run report --image=busybox:1.28 ${more} -- sh -c 'nslookup mydb && sleep 36000'`
const scaleUp = 'kk scale deployment coredns -n kube-system --replicas=2'

export default {
  'give-a-name': {
    right: {
      expose: ['kk expose pod db --name=orders-db --port=6379', 5],
      'a manifest': [service('selector: {run: db}, ports: [{port: 6379}]'), 5],
      'another port in front': ['kk expose pod db --name=orders-db --port=80 --target-port=6379', 5],
      'headless will do': ['kk expose pod db --name=orders-db --port=6379 --cluster-ip=None', 5],
    },
    wrong: {
      'a name with nobody behind it': ['kk create service clusterip orders-db --tcp=6379', 30],
      'another name': ['kk expose pod db --port=6379', 30],
      'a port that redis does not have': ['kk expose pod db --name=orders-db --port=80', 30],
      'a pod of that name is no name for others': ['kk run orders-db --image=redis', 60],
    },
  },
  'next-door': {
    right: {
      'name and namespace': [caller('stock.shop'), 30],
      'with svc': [caller('stock.shop.svc'), 30],
      'the full name': [caller('stock.shop.svc.cluster.local'), 30],
      'asking until there is an answer': [
        `kk run caller --image=busybox:1.28 -- sh -c 'until nslookup "stock.shop"; do sleep 1; done; sleep 36000'`,
        30,
      ],
    },
    wrong: {
      'it says the words and does not ask': [
        `kk run caller --image=busybox:1.28 -- sh -c 'echo nslookup stock.shop; sleep 36000'`,
        60,
      ],
      'the short name alone': [caller('stock'), 60],
      'the other way round': [caller('shop.stock'), 60],
      'a second one here': ['kk create service clusterip stock --tcp=80', caller('stock'), 60],
      'it never asks': ['kk run caller --image=busybox:1.28 -- sleep 36000', 60],
    },
  },
  'nobody-answers': {
    right: {
      'scale it up': [scaleUp, 330],
      'one is enough, and a new pod does not wait': [
        'kk scale deployment coredns -n kube-system --replicas=1',
        30,
        'kk delete pod report',
        report(),
        30,
      ],
      'by patch': [`kk patch deployment coredns -n kube-system -p '{"spec":{"replicas":2}}'`, 330],
    },
    wrong: {
      'a new pod asks in vain': ['kk delete pod report', report(), 120],
      'the Service made anew': ['kk delete service mydb', 'kk create service clusterip mydb --tcp=5432', 120],
      'the name written into the pod, and DNS left as it is': [
        'kk delete pod report',
        report(
          `--overrides='{"spec":{"hostAliases":[{"ip":"20.1.0.99","hostnames":["mydb"]}]}}' --override-type=strategic`,
        ),
        120,
      ],
      'a restart of none is none': ['kk rollout restart deployment coredns -n kube-system', 120],
    },
  },
}
