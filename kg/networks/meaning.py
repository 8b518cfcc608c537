"""What each measure means, and what it does not mean in a graph as small as the one that five articles give."""

from __future__ import annotations

from kg.networks.claim import Label

# Of nodes, in the order in which tables have them.
MEANING: dict[str, Label] = {
    "degree": Label(
        zh="度：与多少个节点相连。反映来源写了多少，不等于实际合作的多少。",
        en="Degree: how many nodes it is linked to. It tells what the source wrote of, not how much was done.",
    ),
    "edges": Label(
        zh="连线数：与它相连的连线有多少条，平行的连线分别计算。同一关系写法不同，连线数就不同。",
        en="Edges: how many edges end at it, parallel ones counted each. It depends on how a relation is drawn.",
    ),
    "weight": Label(
        zh="加权度：每对相连节点之间的陈述数之和。说得多不等于关系紧密，计划与实际同样计数。",
        en="Weight (weighted degree): the claims that join it to each neighbour, added up. Much said is not a strong "
        "tie, and what is planned counts like what exists.",
    ),
    "betweenness": Label(
        zh="中介中心性（0 至 1）：有多大比例的最短路径经过它，不论两端是谁。图很小，一条连线即可使它明显改变。",
        en="Betweenness (0 to 1): the share of shortest paths that pass through it, whatever their ends. In a graph "
        "this small, one edge can change it much.",
    ),
    "closeness": Label(
        zh="接近中心性（0 至 1）：到可达节点的平均距离的倒数，再乘以可达节点所占的份额。不同连通分量之间不宜比较。",
        en="Closeness (0 to 1): the inverse of its mean distance to the nodes it reaches, times the share that it "
        "reaches. Nodes of different components are hardly comparable.",
    ),
    "eigenvector": Label(
        zh="特征向量中心性（最高为 1）：邻居越中心，自己越中心。只在最大连通分量内计算，其余为空；不收敛时全为空。"
        "在星形小图中，它几乎只是重复度的信息。",
        en="Eigenvector centrality (the highest is 1): central are those whose neighbours are. Only within the "
        "largest component, empty elsewhere, and empty everywhere where it does not converge. Where most nodes hang "
        "on a few hubs it says little more than the degree.",
    ),
    "pagerank": Label(
        zh="PageRank（总和为 1，阻尼系数 0.85）：随机行走停留于此的份额，不计方向。不表示影响力或质量。",
        en="PageRank (all add up to 1, damping 0.85): how often a random walk is there, directions left out. It is "
        "neither influence nor quality.",
    ),
    "component": Label(
        zh="连通分量：编号按大小，最大者为 1。分开只说明来源没有写到联系，不说明没有联系。",
        en="Component: numbered by size, 1 is the largest. To be apart means that the source tells of no link, not "
        "that there is none.",
    ),
    "core": Label(
        zh="核数：k 核中每个节点至少与其中 k 个节点相连，此为最大的 k。小图中多为 1，不能据此分层。",
        en="Core: the largest k such that it is in a part where all have k neighbours or more. Mostly 1 in a graph "
        "this small, which ranks nobody.",
    ),
    "community": Label(
        zh="社群（Louvain 算法，种子固定）：内部联系较密的一组，编号按大小。往往只是重现各篇文章的划分；"
        "换一个种子可能不同。",
        en="Community (Louvain, with a fixed seed): a group with more links inside than chance would give, numbered "
        "by size. Often it is only the article over again, and another seed may draw it otherwise.",
    ),
    "brokerage": Label(
        zh="区校中介（开发区—高校中介度，0 至 1）：在彼此可达的开发区与高校的各对之间，经由它的最短路径的平均份额；"
        "途中不经其他开发区、高校或地区。直接相连的一对没有中介。只差几对，不能说明问题。",
        en="Brokerage (0 to 1): over all pairs of a zone and a university that reach each other without passing "
        "another of either or a region, the mean share of their shortest paths that pass through it. A pair that is "
        "linked directly has no broker. A few pairs more or less prove nothing.",
    ),
}

# Of the network as a whole.
WHOLE: dict[str, Label] = {
    "nodes": Label(
        zh="节点：有多少个。由模板所问决定，不是实际主体的总数。",
        en="Nodes: how many there are. The template decides what is one; it is no count of who exists.",
    ),
    "edges": Label(
        zh="连线：有多少条，平行的连线分别计算。",
        en="Edges: how many there are, parallel ones counted each.",
    ),
    "pairs": Label(
        zh="相连的对：有多少对节点相连。除连线数与加权度外，各项度量均以此为准，不计方向。",
        en="Pairs: how many pairs of nodes are linked. All measures but edges and weight rest on them, "
        "directions left out.",
    ),
    "density": Label(
        zh="密度（0 至 1）：相连的对占所有可能的对的份额。节点越多越低，大小不同的网络不可比较。",
        en="Density (0 to 1): the share of all possible pairs that are linked. It falls as nodes are added, so that "
        "networks of different size do not compare.",
    ),
    "components": Label(
        zh="连通分量：有多少个，孤立节点也算。分开可能只因出自不同的文章。",
        en="Components: how many there are, lone nodes too. Parts may be apart only because different articles tell "
        "of them.",
    ),
    "largest": Label(
        zh="最大分量：最大连通分量的节点数。",
        en="Largest: the nodes of the largest component.",
    ),
    "diameter": Label(
        zh="直径：最大连通分量中，最长的最短路径有多少条连线。加一条连线即可缩短。",
        en="Diameter: the most steps that a shortest path in the largest component takes. One edge more can "
        "shorten it.",
    ),
    "communities": Label(
        zh="社群：用 Louvain 算法得出多少个，孤立节点各为一群。",
        en="Communities: how many Louvain's algorithm finds, a lone node being one of its own.",
    ),
    "modularity": Label(
        zh="模块度：社群内部的连线比随机情形多出的份额。稀疏的小图无论如何都高，不证明有真实的群体。",
        en="Modularity: how much more of the links lie inside communities than by chance. Small sparse graphs have a "
        "high one anyway; it proves no real groups.",
    ),
    "placed": Label(
        zh="有所在地：已知所在地级市的节点有多少个。只有它们计入地区同配。",
        en="Placed: the nodes whose prefecture is known. Only these count for the assortativity.",
    ),
    "assortativity": Label(
        zh="地区同配（至多为 1）：正值表示相连者多在同一地级市。所在地大多正是从“位于某开发区”得知的，"
        "所以接近 1 并不说明什么；没有所在地的高校不计在内。",
        en="Assortativity by region (at most 1): above 0, those linked lie in the same prefecture more often than by "
        "chance. Most places are known only from a link to a zone, so that a value near 1 is no finding; "
        "universities without a place are out.",
    ),
    "reaching": Label(
        zh="可达的对：彼此可达的开发区与高校有多少对（途中不经其他开发区、高校或地区），即区校中介的分母。",
        en="Reaching: the pairs of a zone and a university that reach each other without passing another of either "
        "or a region, which brokerage is a share of.",
    ),
    "converged": Label(
        zh="特征向量收敛：特征向量中心性（见 --metrics all）的迭代是否收敛；空表示没有相连的节点可算。",
        en="Eigenvector converged: whether the iteration for the eigenvector centrality (in --metrics all) did; "
        "empty where no nodes are linked.",
    ),
}
