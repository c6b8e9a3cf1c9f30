// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const broken = 'deployment-orders-broken.yaml'
const apiVersion = `sed -i 's,apiVersion: v1,apiVersion: apps/v1,' ${broken}`
const replicas = `sed -i 's/replica:/replicas:/' ${broken}`
const labels = `sed -i 's/^        app: orders/        app: orders\\n        tier: web/' ${broken}`

export default {
  'all-new': {
    right: {
      'all at once by label': ['kk delete pods -l app=hellok8s', 10],
      'one after the other by name': [
        'kk delete $(kk get pods -o name | head -n 1)',
        5,
        'kk delete $(kk get pods -o name --sort-by=.metadata.creationTimestamp | head -n 1)',
        10,
      ],
      'down to nothing and up again': [
        'kk scale deployment/hellok8s-go-http --replicas=0',
        5,
        'kk scale deployment/hellok8s-go-http --replicas=2',
        10,
      ],
      'after a false start that scaled it': [
        'kk scale deployment/hellok8s-go-http --replicas=3',
        5,
        'kk scale deployment/hellok8s-go-http --replicas=2',
        5,
        'kk delete pods --all',
        10,
      ],
    },
    wrong: {
      'only one of them': ['kk delete $(kk get pods -o name | head -n 1)', 10],
      'the ReplicaSet is deleted: another one takes over': ['kk delete rs -l app=hellok8s', 10],
      'the Deployment is made anew': [
        'kk delete deployment hellok8s-go-http',
        5,
        'kk apply -f deployment.yaml',
        10,
      ],
      'a restart changes the template': ['kk rollout restart deployment/hellok8s-go-http', 15],
    },
  },
  greeting: {
    right: {
      'create deployment': ['kk create deployment greeting --image=leigg/hellok8s:v2 --replicas=3', 10],
      'the manifest under another name, with labels of its own': [
        "sed 's/hellok8s-go-http/greeting/; s/app: hellok8s/app: greeting/; s/replicas: 2/replicas: 3/; s/:v1/:v2/' deployment.yaml | kk apply -f -",
        10,
      ],
      'a selector of expressions': [
        "kk create deployment greeting --image=leigg/hellok8s:v2 --replicas=3 --dry-run=client -o yaml | sed 's/matchLabels:/matchExpressions: [{key: app, operator: In, values: [greeting]}]/; /^      app: greeting/d' | kk apply -f -",
        10,
      ],
      'smaller at first, the image by its full name': [
        'kk create deployment greeting --image=docker.io/leigg/hellok8s:v2',
        5,
        'kk scale deployment greeting --replicas=3',
        10,
      ],
    },
    wrong: {
      'the same selector as its neighbour': [
        "sed 's/hellok8s-go-http/greeting/; s/replicas: 2/replicas: 3/; s/:v1/:v2/' deployment.yaml | kk apply -f -",
        10,
      ],
      'two replicas as in the file': [
        "sed 's/hellok8s-go-http/greeting/; s/app: hellok8s/app: greeting/; s/:v1/:v2/' deployment.yaml | kk apply -f -",
        10,
      ],
      'the neighbour itself is changed': [
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2',
        'kk scale deployment/hellok8s-go-http --replicas=3',
        15,
      ],
      'a Pod on its own': ['kk run greeting --image=leigg/hellok8s:v2', 10],
    },
  },
  orders: {
    right: {
      'three corrections': [apiVersion, replicas, labels, `kk apply -f ${broken}`, 10],
      'one by one, as the messages come': [
        `kk apply -f ${broken}`,
        apiVersion,
        `kk apply -f ${broken}`,
        replicas,
        `kk apply -f ${broken}`,
        labels,
        `kk create -f ${broken}`,
        10,
      ],
      'the unknown field is dropped, then scale': [
        apiVersion,
        labels,
        `sed -i '/replica:/d' ${broken}`,
        `kk apply -f ${broken}`,
        'kk scale deployment/orders --replicas=3',
        10,
      ],
    },
    wrong: {
      'without validation the unknown field is ignored: one replica': [
        apiVersion,
        labels,
        `kk apply --validate=false -f ${broken}`,
        10,
      ],
      'the label is taken out of the selector': [
        apiVersion,
        replicas,
        `sed -i '/tier: web/d' ${broken}`,
        `kk apply -f ${broken}`,
        10,
      ],
      'only the apiVersion': [apiVersion, `kk apply -f ${broken}`, 10],
      'another manifest under that name': ['kk create deployment orders --image=nginx --replicas=3', 10],
    },
  },
}
