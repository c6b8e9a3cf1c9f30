// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const stock = 'kk create service clusterip stock --tcp=80'
const image = 'kk set image pod/cover cover=nginx:1.10.1'
const mend = "sed -i 's/sdd/ssd/; s/64Mi/192Mi/; s/slep/sleep/; s/ngnix/nginx/' pods-ward-broken.yaml"
const three = ['kk delete pod search report clerk --now', 'kk apply -f pods-ward-broken.yaml', 60]

export default {
  night: {
    right: {
      'the three that must be made anew, the two that need not': [stock, image, mend, ...three],
      'the shop last': [mend, 'kk delete pod cover --now', ...three, stock, 40],
      'one by one': [
        image,
        `kk patch pod report --subresource resize -p '{"spec":{"containers":[{"name":"report","resources":{"limits":{"memory":"200Mi"}}}]}}'`,
        'kk delete pod clerk search --now',
        'kk run clerk --image=busybox:1.28 --command -- sleep 86400',
        `kk run search --image=nginx:1.10.1 --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'`,
        stock,
        400,
      ],
    },
    wrong: {
      'four are well, and the shop is waiting': [image, mend, ...three],
      'everything made anew, the shop too': [stock, mend, 'kk replace --force -f pods-ward-broken.yaml', 120],
      'the node takes the misspelt label': [
        stock,
        image,
        "sed -i 's/64Mi/192Mi/; s/slep/sleep/; s/ngnix/nginx/' pods-ward-broken.yaml",
        'kk label node k8s-node1 disk=sdd --overwrite',
        'kk delete pod report clerk --now',
        'kk apply -f pods-ward-broken.yaml',
        60,
      ],
      'no limit for the report': [
        stock,
        image,
        `${mend}; sed -i '/resources:/,/192Mi/d' pods-ward-broken.yaml`,
        ...three,
      ],
    },
  },
}
