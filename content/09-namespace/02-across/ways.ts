// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const visit = (url: string, namespace = 'data') => [
  `kk run visitor -n ${namespace} --image=curlimages/curl:8.14.1 --restart=Never -- curl -sf ${url}`,
  20,
]
const broken = 'deployment-page-broken.yaml'
const rename = (name: string) => [
  `sed -i 's/shop.hellok8s/${name}/' ${broken}`,
  `kk apply -f ${broken} -n data`,
  40,
]
const address = "$(kk get service hellok8s -n shop -o jsonpath='{.spec.clusterIP}')"

export default {
  visitor: {
    right: {
      'name and namespace': visit('hellok8s.shop:3000'),
      'the full name': visit('http://hellok8s.shop.svc.cluster.local:3000/'),
      'with svc, and a limit of time': visit('--max-time 5 hellok8s.shop.svc:3000'),
      'only the code of the answer': visit('-o /dev/null -w %{http_code} hellok8s.shop:3000'),
    },
    wrong: {
      'the short name': visit('hellok8s:3000'),
      'the address': visit(`${address}:3000`),
      'from the shop itself': visit('hellok8s.shop:3000', 'shop'),
      'without the port': visit('hellok8s.shop'),
      'a shell that ends well whatever curl says': [
        "kk run visitor -n data --image=curlimages/curl:8.14.1 --restart=Never --command -- sh -c 'curl -sf hellok8s.shop:3000; exit 0'",
        20,
      ],
    },
  },
  'own-name': {
    right: {
      'an alias for the full name': [
        'kk create service externalname hellok8s -n data --external-name=hellok8s.shop.svc.cluster.local',
        20,
      ],
      'the alias by a manifest': [
        "printf 'apiVersion: v1\\nkind: Service\\nmetadata: {name: hellok8s, namespace: data}\\nspec: {type: ExternalName, externalName: hellok8s.shop.svc.cluster.local}\\n' | kk apply -f -",
        20,
      ],
      'a Service without a selector, and its endpoint by hand': [
        `printf "apiVersion: v1\\nkind: Service\\nmetadata: {name: hellok8s, namespace: data}\\nspec: {ports: [{port: 3000}]}\\n---\\napiVersion: discovery.k8s.io/v1\\nkind: EndpointSlice\\nmetadata: {name: hellok8s-1, namespace: data, labels: {kubernetes.io/service-name: hellok8s}}\\naddressType: IPv4\\nports: [{port: 3000}]\\nendpoints: [{addresses: [$(kk get pod -n shop -l app=hellok8s -o jsonpath='{.items[0].status.podIP}')]}]\\n" | kk apply -f -`,
        20,
      ],
    },
    wrong: {
      'a copy of the program': [
        'kk create deployment hellok8s -n data --image=leigg/hellok8s:v1',
        'kk expose deployment hellok8s -n data --port=3000',
        30,
      ],
      'another name in the pod': [
        'kk delete pod page -n data --now',
        "sed 's/hellok8s:3000/hellok8s.shop:3000/' pod-page.yaml | kk apply -n data -f -",
        30,
      ],
      'somebody else answers to the name': [
        'kk run guest -n data --image=nginx:1.10.1',
        'kk expose pod guest -n data --name=hellok8s --port=3000 --target-port=80',
        30,
      ],
      'an alias that leads nowhere': [
        'kk create service externalname hellok8s -n data --external-name=hellok8s.default.svc.cluster.local',
        30,
      ],
      'a Service that finds no pods': ['kk create service clusterip hellok8s -n data --tcp=3000', 30],
    },
  },
  'wrong-way-round': {
    right: {
      'name, then namespace': rename('hellok8s.shop'),
      'the full name': rename('hellok8s.shop.svc.cluster.local'),
      'deleted and applied again': [
        `sed -i 's/shop.hellok8s/hellok8s.shop/' ${broken}`,
        'kk delete deployment page -n data',
        `kk apply -f ${broken} -n data`,
        30,
      ],
    },
    wrong: {
      'the short name': rename('hellok8s'),
      'it no longer waits': [
        `kk patch deployment page -n data --type=json -p '[{"op":"remove","path":"/spec/template/spec/initContainers"}]'`,
        40,
      ],
      'moved to the shop': [
        `sed -i 's/shop.hellok8s/hellok8s/' ${broken}`,
        `kk apply -f ${broken} -n shop`,
        40,
      ],
      'one replica': [
        `sed -i 's/shop.hellok8s/hellok8s.shop/; s/replicas: 2/replicas: 1/' ${broken}`,
        `kk apply -f ${broken} -n data`,
        40,
      ],
    },
  },
}
