// What can be broken: its name, what one sees first, and what mends it. `{target}` is the node, the pod, the registry.

export const faultsEn = {
  kinds: {
    'node-lost': {
      name: 'A node falls off the network',
      broken: 'the node {target} is off the network',
      expect:
        'NotReady after some 45 s. Its pods go on saying Running; 5 minutes later they are evicted and made anew elsewhere, if there is another node.',
    },
    'kubelet-stopped': {
      name: 'A kubelet stops',
      broken: 'the kubelet of {target} has stopped',
      expect:
        'NotReady after some 45 s, as if the node were lost; but its containers run on, and those who ask them are answered.',
    },
    'container-killed': {
      name: 'A container is killed',
      broken: 'the container of {target} was killed',
      expect: 'RESTARTS goes up by 1 at once. The pod keeps its name and its address. It mends itself.',
    },
    'memory-leak': {
      name: 'A container leaks memory',
      broken: '{target} leaks memory',
      expect:
        'OOMKilled and exit code 137 as soon as its limit is reached (10 MiB a second), again and again, then CrashLoopBackOff. Without a limit it takes the node’s.',
    },
    'registry-down': {
      name: 'A registry cannot be reached',
      broken: 'the registry {target} cannot be reached',
      expect:
        'What runs does not mind. A new image is not pulled: ErrImagePull after some 30 s, then ImagePullBackOff.',
    },
    'rate-limit': {
      name: 'A registry limits pulls',
      broken: 'the registry {target} limits pulls',
      expect:
        'A new image is refused at once with 429 Too Many Requests: ErrImagePull, then ImagePullBackOff.',
    },
    'dns-broken': {
      name: 'The cluster’s DNS is broken',
      broken: 'the cluster’s DNS is broken ({target})',
      expect:
        'Addresses work, names do not: `crash` restarts CoreDNS for ever, `servfail` answers with an error, `silent` lets everybody wait.',
    },
    'etcd-down': {
      name: 'etcd is down',
      broken: 'etcd is down',
      expect:
        'What runs runs on, but nothing can be read or changed: kubectl says `etcdserver: request timed out`.',
    },
    'slow-disk': {
      name: 'The disks are slow',
      broken: 'the disk of {target} is slow',
      expect: 'Pulling images and starting containers take ten times as long; ContainerCreating stays.',
    },
  },
  anywhere: 'all',
  lead: 'It happens to the cluster in this page only, and you can always go back.',
  none: 'Nothing is broken.',
  now: 'Happening now: {what}',
  since: 'since {time}, for {seconds} s',
  first: 'Expect first: {what}',
  break: 'Break it',
  repair: 'Repair',
  loading: 'Looking for what can be broken …',
  nothing: 'nothing there',
  target: '{name}: which?',
}

export type FaultWords = typeof faultsEn
