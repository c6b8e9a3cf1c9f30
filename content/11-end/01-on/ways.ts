// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const deployment =
  'apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: home}\\nspec: {replicas: 2, selector: {matchLabels: {app: home}}, template: {metadata: {labels: {app: home}}, spec: {containers: [{name: web, image: "leigg/hellok8s:v1"}]}}}\\n'
const service =
  '---\\napiVersion: v1\\nkind: Service\\nmetadata: {name: home}\\nspec: {selector: {app: home}, ports: [{port: 80, targetPort: 3000}]}\\n'
const write = (text: string) => `printf '${text}' > shop.yaml`
const stage = ['kk apply -n stage -f shop.yaml', 20]
const dump = 'kk get deployment,service home -n shop -o yaml'
const filled =
  "grep -v -e '^ *uid:' -e resourceVersion: -e generation: -e creationTimestamp: -e '^ *namespace:' -e clusterIP: -e '^ *clusterIPs:' -e '^    - 20\\.'"

export default {
  carry: {
    right: {
      'written anew': [write(deployment + service), ...stage],
      'taken out, and what the cluster filled in thrown away': [
        `kk get deployment home -n shop -o json | jq 'del(.status, .metadata.uid, .metadata.resourceVersion, .metadata.generation, .metadata.creationTimestamp, .metadata.namespace, .metadata.annotations)' > shop.yaml`,
        `printf '${service}' >> shop.yaml`,
        ...stage,
      ],
      'both as one list': [
        `kk get deployment,service home -n shop -o json | jq '{apiVersion: "v1", kind: "List", items: [.items[] | del(.status, .metadata.uid, .metadata.resourceVersion, .metadata.generation, .metadata.creationTimestamp, .metadata.namespace, .metadata.annotations, .spec.clusterIP, .spec.clusterIPs)]}' > shop.yaml`,
        ...stage,
      ],
      'what was last applied is what somebody wrote': [
        'kk apply view-last-applied deployment home -n shop -o yaml | grep -v namespace: > shop.yaml',
        'echo --- >> shop.yaml',
        'kk apply view-last-applied service home -n shop -o yaml | grep -v namespace: >> shop.yaml',
        ...stage,
      ],
    },
    wrong: {
      'taken out as it is': [
        `${dump} > shop.yaml`,
        "sed 's/namespace: shop/namespace: stage/' shop.yaml | kk apply -f -",
        20,
      ],
      'cleaned but for the status': [`${dump} | ${filled} > shop.yaml`, ...stage],
      'the Deployment alone': [write(deployment), ...stage],
      'a file that nobody tried': [write(deployment + service), 20],
      'one replica': [write((deployment + service).replace('replicas: 2', 'replicas: 1')), ...stage],
      'a copy without a file': [
        'kk create deployment home --image=leigg/hellok8s:v1 --replicas=2 -n stage',
        'kk expose deployment home --port=80 --target-port=3000 -n stage',
        20,
      ],
    },
  },
  stuck: {
    right: {
      resume: ['kk rollout resume deployment/home -n shop', 30],
      'the field by a patch': [`kk patch deployment home -n shop -p '{"spec":{"paused":false}}'`, 30],
      'the line out of the object': [
        "kk get deployment home -n shop -o yaml | sed '/^  paused:/d' | kk replace -f -",
        30,
      ],
    },
    wrong: {
      'its pods deleted: they come back as they were': ['kk delete pods -n shop -l app=home --now', 30],
      'applied once more': ['kk apply -n shop -f next.yaml', 30],
      'a restart': ['kk rollout restart deployment/home -n shop', 30],
      'deleted and made anew': ['kk delete -n shop -f next.yaml', 'kk apply -n shop -f next.yaml', 30],
      'more pods': ['kk scale deployment home --replicas=4 -n shop', 30],
      'another one beside it': [
        'kk create deployment home2 --image=leigg/hellok8s:v2 --replicas=2 -n shop',
        30,
      ],
    },
  },
}
