/** What an accepted token may do in 0.8 whatever its prefix (vectors go-0.8: tokens, grpc; v0.8.2 middleware.go). */
export const UNPROTECTED_08: readonly string[] = [
  'heartbeats of tasks and locks are allowed for any id',
  'any group and id may be polled through :8001/poll, a prefix of any kind is enough',
  'the poll listener (:8002) asks for no token at all: whoever reaches it can join a group and take its tasks',
  'gRPC (:50051) takes no token: with JWT on, one call of any kind ends the whole server (panic: invalid status: 40100, exit 2); with basic auth it is open',
  'a search cursor is signed with a secret that stands in the source: anybody can write one, and one with a bad limit ends the whole server',
]

/** What needs no credential in 0.7 (vectors go-0.7: requests, grpc, configs). */
export const UNPROTECTED_07: readonly string[] = [
  'the poll listener (:8002) has users of its own and is open without them',
  'gRPC (:50051) is not started once HTTP basic auth is set; basic auth of the poll listener alone leaves it open',
]
