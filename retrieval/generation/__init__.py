"""What a chat model may do: phrase an answer, find evidence, complete a question. It decides nothing."""
