"""A first touch in English."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Wording

WORDING = Wording(
    greetings=("Hello {name},", "Hi {name},", "Dear {name},"),
    nobody=("Hello,", "Good day,"),
    intros=(
        "I am {sender}, and I work at {firm}.",
        "my name is {sender}, from {firm}.",
        "{sender} from {firm} here, with a short question.",
    ),
    facts={
        "headline": (
            "I read your news “{value}”, and it made me think of your team.",
            "“{value}”: that line is the reason I am writing to you today.",
            "Your news “{value}” stayed with me, so I am writing to you.",
            "I have just read “{value}”, and one question came to mind.",
            "When I read “{value}”, I wondered what it means for your team.",
        ),
        "hiring": (
            "I saw that {company} is hiring: “{value}”.",
            "You are looking for a new colleague, “{value}”, and that is why I am writing.",
            "Your job advert “{value}” tells me that there is a lot to do.",
            "“{value}”: I noticed that this position is open at {company}.",
            "I read your job advert “{value}” and wondered who does that work today.",
        ),
        "place": (
            "I see that you work from {value}.",
            "{value} is one of the places where {company} is at work.",
        ),
        "offering": (
            "“{value}” is how your website puts what you do.",
            "On your website I read “{value}”, which says it well.",
            "“{value}”: that is what {company} stands for, I read.",
        ),
        "technology": (
            "I see that you use {value}, so you know what good tools are worth.",
            "{company} works with {value}, as far as I can see.",
        ),
        "customers": (
            "I read that you work for “{value}”.",
            "Among the names on your website I noticed “{value}”.",
        ),
        "partners": (
            "I read that you work with “{value}”.",
            "As a partner you name “{value}”, and I took note of that.",
        ),
        "size": (
            "With {value} people at {company}, small changes soon turn into a lot of work.",
            "A team of {value} has many people to keep in step, every day.",
            "At {value} people, nobody can know everything that was agreed any more.",
        ),
        "founded": (
            "{company} has been at work since {value}, so you have seen many ideas come and go.",
            "Since {value} you have surely heard many people say they can help.",
        ),
    },
    asides={
        "headline": (
            "I also read “{value}”.",
            "“{value}” is something I noticed as well.",
        ),
        "hiring": (
            "You are also looking for a new colleague: “{value}”.",
            "There is also your open position “{value}”.",
        ),
    },
    bridges=(
        "This is where {product} may be of use: we help teams like yours to {helps}.",
        "That is why I thought of {product}: it helps companies to {helps}.",
        "With {product} we help teams in a case like this to {helps}.",
        "At such a moment it is good to have help, and that is our work: to {helps}.",
        "It is the kind of moment in which {product} helps people to {helps}.",
    ),
    proofs=(
        "{proof}",
        "To give you one example: {proof}",
        "What this looks like at work: {proof}",
        "One result that we can show: {proof}",
    ),
    asks=(
        "Would a short call be of use to you?",
        "May I show you in a few minutes how that works?",
        "Shall we talk about it for a few minutes?",
    ),
    closings=(
        "If it is not the right moment, a short no is fine too.",
        "And if somebody else looks after this, just tell me who.",
        "A yes or a no in one line is all I ask for.",
        "If not, you will not have to write me a long answer.",
        "If you would like to read about it first, I will send you a page.",
    ),
    subjects=(
        "A question about {company}",
        "An idea for {company}",
        "{company} and {product}",
        "A short question for {company}",
    ),
    subjects_of={
        "headline": ("About “{value}”", "“{value}”"),
        "hiring": ("Your open position: {value}", "About “{value}”"),
        "place": ("{company} in {value}",),
        "technology": ("{company} and {value}",),
    },
)
