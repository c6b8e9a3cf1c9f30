// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'street-broken.yaml'
const json = (what: string, path: string, value: unknown) =>
  `kk patch ${what} --type=json -p '${JSON.stringify([{ op: 'replace', path, value }])}'`
const hello = 'kk set selector service hello app=hello'
const catalog = json('service catalog', '/spec/ports/0/port', 80)
const probePath = '/spec/template/spec/containers/0/readinessProbe'
const search = json('deployment search', `${probePath}/httpGet/port`, 3000)
const stock = json('networkpolicy stock', '/spec/ingress/0/from/0/podSelector/matchLabels/app', 'front')

export default {
  street: {
    right: {
      'one after the other': [hello, catalog, search, 30, stock, 5],
      'all in the file': [
        `sed -i 's/app: helo/app: hello/; s/port: 8080/port: 80/; s/port: 3001/port: 3000/; s/app: frontend/app: front/' ${file}`,
        `kk apply -f ${file}`,
        40,
      ],
      'merge patches': [
        `kk patch service hello -p '{"spec":{"selector":{"app":"hello"}}}'`,
        `kk patch service catalog -p '{"spec":{"ports":[{"port":80,"targetPort":3000},{"port":8080,"$patch":"delete"}]}}'`,
        search,
        30,
        `kk patch networkpolicy stock -p '{"spec":{"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"front"}}}],"ports":[{"port":3000}]}]}}'`,
        5,
      ],
      'a probe that only connects': [
        hello,
        catalog,
        json('deployment search', probePath, { tcpSocket: { port: 3000 } }),
        30,
        stock,
        5,
      ],
      'a port with a name': [
        hello,
        catalog,
        `kk patch deployment search --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports","value":[{"name":"web","containerPort":3000}]},{"op":"replace","path":"${probePath}/httpGet/port","value":"web"}]'`,
        30,
        stock,
        5,
      ],
      'a second policy that lets front in': [
        hello,
        catalog,
        search,
        30,
        `kk get networkpolicy stock -o yaml | sed 's/app: frontend/app: front/; s/  name: stock/  name: stock-front/; /uid:/d; /resourceVersion:/d' | kk create -f -`,
        5,
      ],
    },
    wrong: {
      'three of four': [hello, catalog, search, 40],
      'the policy removed: everybody gets in': [
        hello,
        catalog,
        search,
        30,
        'kk delete networkpolicy stock',
        5,
      ],
      'everybody but the one who is named': [
        hello,
        catalog,
        search,
        30,
        json('networkpolicy stock', '/spec/ingress/0/from', [
          { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['guest'] }] } },
        ]),
        5,
      ],
      'the client takes the label of somebody else': [
        hello,
        catalog,
        search,
        30,
        'kk label pod front app=frontend --overwrite',
        5,
      ],
      'the probe removed instead of mended': [
        hello,
        catalog,
        stock,
        `kk patch deployment search --type=json -p '[{"op":"remove","path":"${probePath}"}]'`,
        40,
      ],
      'a Service made anew': [
        hello,
        search,
        stock,
        'kk delete service catalog',
        'kk expose deployment catalog --port=80 --target-port=3000',
        40,
      ],
    },
  },
}
