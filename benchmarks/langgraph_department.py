"""The same agents as a LangGraph graph with its own checkpointers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import END, START, StateGraph
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from benchmarks.canned import CannedBrain, CannedTools, campaign, lead
from benchmarks.department import Load
from benchmarks.measure import Bill, billed
from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account
from dealwright.agents.delivery import delivered
from dealwright.domain.packet import Packet
from dealwright.orchestration.department import Department
from dealwright.runtime import read_department
from dealwright.tools.access import ToolCall

Json = dict[str, Any]


class State(TypedDict, total=False):
    """One channel per slot, as the graph's state wants it."""

    lead: Json
    icp: Json
    offer: Json
    record: Json
    site: Json
    news: Json
    jobs: Json
    technology: Json
    dossier: Json
    qualification: Json
    draft: Json
    review: Json


READERS = ("record_reader", "site_reader", "news_reader", "jobs_reader", "technology_reader")
LINE = ("synthesizer", "qualifier", "writer", "reviewer")

TODAY = date(2026, 11, 21)


def graph(department: Department, brain: CannedBrain) -> StateGraph[Any, Any, Any, Any]:
    """Return the graph: five readers at once, then one agent after the other."""
    made: StateGraph[Any, Any, Any, Any] = StateGraph(State)
    for name in (*READERS, *LINE):
        made.add_node(name, _node(department, department.agents[name], brain))
    for name in READERS:
        made.add_edge(START, name)
    made.add_edge(list(READERS), LINE[0])
    for before, after in zip(LINE, (*LINE[1:], END), strict=True):
        made.add_edge(before, after)
    return made


def _node(
    department: Department, agent: Agent, brain: CannedBrain
) -> Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]:
    tools = CannedTools()

    async def call(state: dict[str, Any]) -> dict[str, Any]:
        slots = {
            read.name: department.slots[read.slot].shape.parse(state[read.slot])
            for read in agent.reads
            if read.slot in state
        }
        material = {
            tool: await tools.call(
                ToolCall(workspace="w", case_id="c", agent=agent.name, tool=tool, slots=slots)
            )
            for tool in agent.tools
        }
        packet = Packet(agent=agent.name, today=TODAY, slots=slots, material=material)
        account = Account(workspace="w", campaign=None, case_id="c")
        thought = await brain.think(agent, packet, account)
        return {agent.writes: agent.product.dump(delivered(agent, packet, thought.answer))}

    return call


async def on_sqlite(path: str, load: Load) -> Bill:
    """Work everything over LangGraph's SQLite checkpointer."""
    async with AsyncSqliteSaver.from_conn_string(path) as saver:
        await saver.setup()
        return await _work(saver, load, "")


async def on_postgres(database: str, load: Load) -> Bill:
    """Work everything over LangGraph's Postgres checkpointer."""
    settings = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    async with AsyncConnectionPool(database, max_size=20, kwargs=settings) as pool:
        saver = AsyncPostgresSaver(pool)
        await saver.setup()
        return await _work(saver, load, database)


async def _work(saver: BaseCheckpointSaver[Any], load: Load, database: str) -> Bill:
    department = read_department("sales")
    app = graph(department, CannedBrain(load.seconds)).compile(checkpointer=saver)
    given = {
        "lead": lead().model_dump(mode="json", exclude_defaults=True),
        "icp": campaign().icp.model_dump(mode="json", exclude_defaults=True),
        "offer": campaign().offer.model_dump(mode="json", exclude_defaults=True),
    }
    gate = asyncio.Semaphore(load.concurrency)

    async def one(number: int) -> None:
        async with gate:
            config: Any = {"configurable": {"thread_id": f"lead-{number}"}}
            done = await app.ainvoke(given, config, durability="sync")
            if "review" not in done:
                raise RuntimeError(f"lead {number} was not reviewed")

    with billed(database) as bill:
        await asyncio.gather(*(one(number) for number in range(load.leads)))
    return bill
