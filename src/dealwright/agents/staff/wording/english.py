"""What letters say in English."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

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

TALK = Talk(
    again=(
        "I wrote to you some days ago and would like to add one thing.",
        "my letter may have come at a busy moment, so here is one more thought.",
        "you may not have had the time to answer, so I will keep this short.",
    ),
    goodbye=(
        "this is my last letter about this, so I will be short.",
        "I do not want to take more of your time, so this letter is the last one.",
    ),
    farewell=(
        "If it becomes a topic at some time, one line to me is enough.",
        "I will leave it at that and not write again without a good reason.",
    ),
    returned=(
        "you were away when I wrote, so I waited until now.",
        "I saw that you were not in the office, and have waited with this letter.",
    ),
    later=(
        "you wrote that it was not the right moment then, so I have waited.",
        "it was too early when I last wrote, so I left you alone until now.",
    ),
    anew=(
        "it has been quiet between us for some time, and now I read something new about you.",
        "I have not written for a good while, and would not do so without a reason.",
    ),
    thanks=(
        "thank you for your reply.",
        "thank you for writing back.",
        "many thanks for your message.",
    ),
    thanks_for_a_name=(
        "thank you for telling me whom this concerns.",
        "many thanks for pointing me to the right person.",
    ),
    in_short=(
        "In short: {product} helps teams to {helps}.",
        "In one line: we help people to {helps}.",
    ),
    objections={
        "budget": (
            "I understand that money has to be well spent.",
            "That is a fair point: what costs money has to be worth it.",
        ),
        "timing": (
            "I understand that there is a lot to do right now.",
            "I see that the moment is not a good one.",
        ),
        "need": (
            "I understand that you do not see a need for it.",
            "That is a clear word, and I understand it.",
        ),
        "authority": (
            "I understand that you do not decide this alone.",
            "Of course others have to have their say in this.",
        ),
        "trust": (
            "I understand that you would like to see first whether it is true.",
            "It is right to ask for more than words.",
        ),
        "effort": (
            "I understand that a change must not cause more work than it saves.",
            "I see that you have no time for a big change.",
        ),
    },
    offers_to_talk=(
        "Shall we talk about the rest for a few minutes?",
        "Would it help you to talk about it briefly?",
    ),
    spoken=(
        "Good day, this is {sender} from {firm}.",
        "I have written to you about {product} and wanted to ask whether that is of use to you.",
    ),
)
