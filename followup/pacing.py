"""Pacers and limiters: a bucket for each sender or caller, shared through Redis, or kept by this process alone."""

import math
from threading import Lock

import redis

from followup.log import get_logger
from followup.ports import Clock, Turn

_log = get_logger("pacing")

# KEYS: when the sender is free again; when its waiting line ends. ARGV: seconds it takes, seconds one may wait.
# Redis's clock is the one clock of all workers. A turn that is too far off is a place in the line: nothing is taken.
_SCRIPT = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
if free - now <= tonumber(ARGV[2]) then
  local life = math.ceil((free - now + ARGV[1]) * 1000) + 1000
  redis.call('SET', KEYS[1], string.format('%.6f', free + ARGV[1]), 'PX', life)
  return {1, string.format('%.6f', free - now)}
end
local line = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), free)
local life = math.ceil((line - now + ARGV[1]) * 1000) + 1000
redis.call('SET', KEYS[2], string.format('%.6f', line + ARGV[1]), 'PX', life)
return {0, string.format('%.6f', line - now)}
"""


class Unpaced:
    """Everybody's turn is now."""

    def turn(self, sender: str, cost: float, *, rate: float, patience: float) -> Turn:
        """Always at once."""
        return Turn(True, 0.0)


class LocalPacer:
    """The bucket of one process: for a machine without Redis, and while Redis is away."""

    def __init__(self, ops: Clock, *, share: float = 1.0) -> None:
        self._ops, self._share = ops, share
        self._free: dict[str, float] = {}
        self._line: dict[str, float] = {}
        self._lock = Lock()

    def turn(self, sender: str, cost: float, *, rate: float, patience: float) -> Turn:
        """Take `cost` at `rate` a second; see `ports.Pacer`."""
        if rate <= 0:
            return Turn(True, 0.0)
        takes, now = cost / (rate * self._share), self._ops.now().timestamp()
        with self._lock:
            free = max(self._free.get(sender, 0.0), now)
            if free - now <= patience:
                self._free[sender] = free + takes
                return Turn(True, free - now)
            line = max(self._line.get(sender, 0.0), free)
            self._line[sender] = line + takes
            return Turn(False, line - now)


class RedisPacer:
    """The bucket of all workers. While Redis is away each process keeps a small share of the rate by itself."""

    def __init__(self, client: redis.Redis, ops: Clock, *, workers: int = 4) -> None:
        self._client = client
        self._script = client.register_script(_SCRIPT)
        self._alone = LocalPacer(ops, share=1 / workers)

    def turn(self, sender: str, cost: float, *, rate: float, patience: float) -> Turn:
        """Take `cost` at `rate` a second; see `ports.Pacer`."""
        if rate <= 0:
            return Turn(True, 0.0)
        keys = [f"followup:pace:{sender}", f"followup:pace:{sender}:line"]
        try:
            taken, wait = self._script(keys=keys, args=[f"{cost / rate:.6f}", f"{patience:.6f}"])
        except redis.RedisError as error:
            _log.warning("pacing alone", cause=type(error).__name__)
            return self._alone.turn(sender, cost, rate=rate, patience=patience)
        seconds = float(wait)
        return Turn(bool(taken), seconds if math.isfinite(seconds) else 0.0)


# Limits of public doors --------------------------------------------------------------------------------------------
_MOST_KEYS = 10_000
# The bucket of one caller, emptied evenly; a call that finds it full takes nothing and hears when there is room.
_LIMIT = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = free - now - tonumber(ARGV[2])
if wait > 0 then return string.format('%.3f', wait) end
redis.call('SET', KEYS[1], string.format('%.6f', free + ARGV[1]), 'PX', math.ceil((free - now + ARGV[1]) * 1000) + 1000)
return '0'
"""


class Unlimited:
    """Everybody may always come in."""

    def wait(self, _key: str, *, per_minute: int) -> float:
        """Never."""
        return 0.0


class LocalLimiter:
    """The buckets of one process: for a machine without Redis, and while Redis is away."""

    def __init__(self, ops: Clock) -> None:
        self._ops = ops
        self._free: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, key: str, *, per_minute: int) -> float:
        """Seconds until there is room; see `ports.Limiter`."""
        takes, now = 60 / per_minute, self._ops.now().timestamp()
        with self._lock:
            if len(self._free) >= _MOST_KEYS:
                self._free = {name: free for name, free in self._free.items() if free > now}
            free = max(self._free.get(key, 0.0), now)
            wait = free - now - (60 - takes)
            if wait > 0:
                return wait
            if len(self._free) < _MOST_KEYS or key in self._free:
                self._free[key] = free + takes
        return 0.0


class RedisLimiter:
    """The buckets of all web processes; while Redis is away each process keeps its own."""

    def __init__(self, client: redis.Redis, ops: Clock) -> None:
        self._script, self._alone = client.register_script(_LIMIT), LocalLimiter(ops)

    def wait(self, key: str, *, per_minute: int) -> float:
        """Seconds until there is room; see `ports.Limiter`."""
        takes = 60 / per_minute
        try:
            return float(self._script(keys=[f"followup:limit:{key}"], args=[f"{takes:.6f}", f"{60 - takes:.6f}"]))
        except redis.RedisError as error:
            _log.warning("limiting alone", cause=type(error).__name__)
            return self._alone.wait(key, per_minute=per_minute)
