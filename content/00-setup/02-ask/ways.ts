// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const pod = (name: string, spec: string) =>
  `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: ${name}}\\nspec: {${spec}, containers: [{name: c, image: nginx}]}\\n' | kk apply -f -`
const run = (name: string, spec: object) =>
  `kk run ${name} --image=nginx --overrides='${JSON.stringify({ spec })}'`
const mend =
  "sed -i 's/replica:/replicas:/; s/GracePeriod:/GracePeriodSeconds:/; s/port:/ports:/' deployment-typos.yaml"
const apply = 'kk apply -f deployment-typos.yaml'

export default {
  'five-seconds': {
    right: {
      'run with overrides': [run('quick', { terminationGracePeriodSeconds: 5 }), 20],
      'a manifest': [pod('quick', 'terminationGracePeriodSeconds: 5'), 20],
      'a skeleton, completed': [
        "kk run quick --image=nginx --dry-run=client -o yaml | sed 's/^spec:/spec:\\n  terminationGracePeriodSeconds: 5/' | kk apply -f -",
        20,
      ],
    },
    wrong: {
      'the default of thirty': ['kk run quick --image=nginx', 60],
      'a misspelt field is refused': [pod('quick', 'terminationGracePeriod: 5'), 60],
      'a misspelt field that nobody checks is lost': [
        pod('quick', 'terminationGracePeriod: 5').replace('-f -', '-f - --validate=false'),
        60,
      ],
      'the grace of a deletion is not that of the pod': [
        'kk run quick --image=nginx',
        20,
        'kk delete pod quick --grace-period=5',
        20,
      ],
      'it never starts': [run('quick', { terminationGracePeriodSeconds: 5 }).replace('=nginx', '=ngnix'), 90],
    },
  },
  'own-name': {
    right: {
      'run with overrides': [run('counter', { hostname: 'bookshop' }), 20],
      'a manifest': [pod('counter', 'hostname: bookshop'), 20],
      'with a subdomain besides': [run('counter', { hostname: 'bookshop', subdomain: 'shops' }), 20],
      'by the newer field': [run('counter', { hostnameOverride: 'bookshop' }), 20],
    },
    wrong: {
      'its name is its host name': ['kk run bookshop --image=nginx', 60],
      'another pod': [run('bookshop', { hostname: 'bookshop' }), 60],
      'the wrong field': [run('counter', { subdomain: 'bookshop' }), 60],
      'overridden by the newer field': [
        run('counter', { hostname: 'bookshop', hostnameOverride: 'till' }),
        60,
      ],
      'the program sees more than that': [
        run('counter', { hostname: 'bookshop', subdomain: 'shops', setHostnameAsFQDN: true }),
        60,
      ],
      'set inside, gone with the container': [
        'kk run counter --image=nginx',
        20,
        'kk exec counter -- hostname bookshop',
        20,
      ],
    },
  },
  'three-typos': {
    right: {
      'the file is mended': [mend, apply, 30],
      'mended on the way': [
        "sed 's/replica:/replicas:/; s/GracePeriod:/GracePeriodSeconds:/; s/port:/ports:/' deployment-typos.yaml | kk apply -f -",
        30,
      ],
      'one after another': [
        "sed -i 's/replica:/replicas:/' deployment-typos.yaml",
        apply,
        "sed -i 's/GracePeriod:/GracePeriodSeconds:/' deployment-typos.yaml",
        apply,
        "sed -i 's/port:/ports:/' deployment-typos.yaml",
        apply,
        30,
      ],
    },
    wrong: {
      'not checked: what is misspelt is dropped': [`${apply} --validate=false`, 60],
      'two of three': ["sed -i 's/replica:/replicas:/; s/port:/ports:/' deployment-typos.yaml", apply, 60],
      'the misspelt lines thrown out': [
        "sed -i '/replica:/d; /GracePeriod:/d; /port:/d; /containerPort/d' deployment-typos.yaml",
        apply,
        60,
      ],
      'without a file': ['kk create deployment greeting --image=leigg/hellok8s:v1 --replicas=3', 60],
    },
  },
}
