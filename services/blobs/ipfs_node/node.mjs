// A Kubo-RPC node for one machine: loopback only, offline, no peers. Usage: node node.mjs REPO PORT
// Only this project's store talks to it; in production LIGHTDOM_IPFS_URL points at Kubo instead.
import { create } from 'ipfs-core'
import { HttpApi } from 'ipfs-http-server'

const [repo, port] = process.argv.slice(2)

const node = await create({
  repo,
  offline: true,
  silent: true,
  // Nothing is announced or dialled; a key pair that signs nothing need not cost seconds of RSA.
  init: { algorithm: 'Ed25519', emptyRepo: true },
  config: {
    Addresses: { Swarm: [], Announce: [], NoAnnounce: [], Delegates: [], API: `/ip4/127.0.0.1/tcp/${port}`, Gateway: '' },
    // No origin is allowed: a web page in the user's browser must not reach this port.
    API: { HTTPHeaders: {} },
    Bootstrap: [],
    Discovery: { MDNS: { Enabled: false }, webRTCStar: { Enabled: false } },
    Routing: { Type: 'none' },
  },
})
const api = await new HttpApi(node).start()

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    await api.stop()
    await node.stop()
    process.exit(0)
  })
}
