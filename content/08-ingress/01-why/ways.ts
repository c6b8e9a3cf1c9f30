// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const path = (path: string, name = 'service-hellok8s-clusterip', number = 3000) => ({
  path,
  pathType: 'Prefix',
  backend: { service: { name, port: { number } } },
})
const json = (op: string, where: string, value: unknown) =>
  `kk patch ingress shop --type=json -p '${JSON.stringify([{ op, path: where, value }])}'`
const paths = '/spec/rules/0/http/paths'
const klass = `kk patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`

export default {
  'second-path': {
    right: {
      'a path more in the same Ingress': [json('add', `${paths}/-`, path('/greet')), 3],
      'in the file, then apply': [
        "sed -i 's#^        paths:#&\\n          - path: /greet\\n            pathType: Prefix\\n            backend: {service: {name: service-hellok8s-clusterip, port: {number: 3000}}}#' ingress-shop.yaml",
        'kk apply -f ingress-shop.yaml',
        3,
      ],
      'an Ingress of its own': [
        'kk create ingress greet --class=nginx --rule="/greet*=service-hellok8s-clusterip:3000"',
        3,
      ],
    },
    wrong: {
      'the old path taken away': [json('replace', `${paths}/0/path`, '/greet'), 3],
      'an Ingress without a class': [
        'kk create ingress greet --rule="/greet*=service-hellok8s-clusterip:3000"',
        3,
      ],
      'to the port that the Service does not have': [
        json('add', `${paths}/-`, path('/greet', 'service-hellok8s-clusterip', 80)),
        3,
      ],
      'to the Service of the catalogue': [json('add', `${paths}/-`, path('/greet', 'httpd-svc', 8080)), 3],
    },
  },
  'close-doors': {
    right: {
      'the Ingress, and the two Services deleted': [
        'kk apply -f ingress-shop.yaml',
        'kk delete service card-hello card-catalog',
        3,
      ],
      'turned into ClusterIP': [
        'kk apply -f ingress-shop.yaml',
        `kk patch service card-hello -p '{"spec":{"type":"ClusterIP","ports":[{"port":3000,"nodePort":null}]}}'`,
        `kk patch service card-catalog -p '{"spec":{"type":"ClusterIP","ports":[{"port":80,"nodePort":null}]}}'`,
        3,
      ],
      'with create ingress': [
        'kk delete service card-hello card-catalog',
        'kk create ingress door --class=nginx --rule="/hello*=service-hellok8s-clusterip:3000" --rule="/*=httpd-svc:8080"',
        3,
      ],
    },
    wrong: {
      'the doors stay open': ['kk apply -f ingress-shop.yaml', 3],
      'closed, and nothing instead': ['kk delete service card-hello card-catalog', 3],
      'the doors lead nowhere, and still take their ports': [
        'kk apply -f ingress-shop.yaml',
        'kk set selector service card-hello app=nobody',
        'kk set selector service card-catalog app=nobody',
        3,
      ],
      'all three closed': [
        'kk apply -f ingress-shop.yaml',
        'kk delete service card-hello card-catalog card-admin',
        3,
      ],
      'the Services that the Ingress needs are gone too': [
        'kk apply -f ingress-shop.yaml',
        'kk delete service card-hello card-catalog service-hellok8s-clusterip httpd-svc',
        3,
      ],
    },
  },
  'all-404': {
    right: {
      'two patches': [klass, json('replace', `${paths}/0/backend/service/port/number`, 3000), 3],
      'the file, then apply': [
        "sed -i 's/ngnix/nginx/; s/number: 80$/number: 3000/' ingress-shop-broken.yaml",
        'kk apply -f ingress-shop-broken.yaml',
        3,
      ],
      'the Service written once more, and the whole port of the rule': [
        klass,
        `kk patch service service-hellok8s-clusterip --type=json -p '[{"op":"replace","path":"/spec/ports/0","value":{"port":3000,"targetPort":3000}}]'`,
        json('replace', `${paths}/0/backend/service/port`, { number: 3000 }),
        3,
      ],
    },
    wrong: {
      'the class alone: 503': [klass, 3],
      'the port alone: nobody reads it': [json('replace', `${paths}/0/backend/service/port/number`, 3000), 3],
      'a class of that name with no controller of that name': [
        "kk get ingressclass nginx -o yaml | sed 's/name: nginx/name: ngnix/; s#k8s.io/ingress-nginx#k8s.io/ngnix#; /uid:/d; /resourceVersion:/d' | kk create -f -",
        json('replace', `${paths}/0/backend/service/port/number`, 3000),
        3,
      ],
      'the controller begun anew': [
        'kk rollout restart -n ingress-nginx deployment/ingress-nginx-controller',
        30,
      ],
    },
  },
}
